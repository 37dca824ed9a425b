// The control API, and what it tells by itself.

/** What the API did not do, in its own words. */
export class Refused extends Error {}

/** The account whose world is looked at, as the page's own address says; empty: the first. */
export const world = new URLSearchParams(location.search).get('world') ?? '';

const BASE = world ? `/sim/v1/worlds/${encodeURIComponent(world)}` : '/sim/v1';

/** Asks what concerns the world; what is refused is thrown with the API's own sentence. */
export const api = (method, path, body) => ask(method, `${BASE}${path}`, body);

/** Asks for another world, or ends one. */
export const worlds = (method, path, body) => ask(method, `/sim/v1/worlds${path}`, body);

/** The nodes of the cluster that this server is part of. */
export const nodes = async () => (await ask('GET', '/sim/v1/cluster')).nodes;

async function ask(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) {
    throw new Refused([answer.error?.message, answer.error?.hint].filter(Boolean).join('; '));
  }
  return answer;
}

/**
 * Hears of everything that happens. A page that nobody sees does not: browsers give a server six connections.
 *
 * @param changed (Set of call SIDs) → void, at most some times a second
 * @param again () → void: all is to be read anew, as the world was reset or the line was broken
 * @param reached (whether the server answers) → void
 */
export function listen(changed, again, reached) {
  const calls = new Set();
  let timer = null;
  let stream = null;
  const open = () => {
    stream = new EventSource(`${BASE}/journal/stream`);
    stream.addEventListener('open', () => (reached(true), again()));
    stream.addEventListener('error', () => reached(false));
    stream.addEventListener('reset', again);
    stream.addEventListener('entry', (event) => {
      calls.add(JSON.parse(event.data).call);
      timer ??= setTimeout(() => {
        timer = null;
        const told = new Set(calls);
        calls.clear();
        changed(told);
      }, 60);
    });
  };
  const seen = () => {
    stream?.close();
    stream = null;
    if (!document.hidden) open();
  };
  document.addEventListener('visibilitychange', seen);
  seen();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    stream?.close();
  };
}
