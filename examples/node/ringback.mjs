// A world of Ringback's for a test: the control API, as far as these tests need it.
const URL_OF = process.env.RINGBACK_URL ?? 'http://localhost:4010';

async function send(method, path, body) {
  const response = await fetch(`${URL_OF}/sim/v1${path}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = text.startsWith('{') ? JSON.parse(text) : text;
  if (!response.ok) {
    const { message, hint } = json.error ?? { message: text };
    throw new Error(hint ? `${message}\n  ${hint}` : message);
  }
  return json;
}

/** An account with a virtual clock of its own; `config` is as in ringback.yaml. */
export async function world(config) {
  const { accountSid, authToken } = await send('POST', '/worlds', { config: { clock: { mode: 'skipping' }, ...config } });
  const base = `/worlds/${accountSid}`;
  return {
    authToken,
    /** A customer calls. */
    async call(from, to, cast = {}) {
      const { callSid } = await send('POST', `${base}/calls`, { from, to, cast });
      return {
        /** The request when it has come, or an error with the one that came nearest. */
        expect: (request, form = {}) => send('POST', `${base}/await`, { request, form, call: callSid, within: '2s' }),
        over: () => send('GET', `${base}/calls/${callSid}?wait=5s`),
      };
    },
    end: () => send('DELETE', base),
  };
}
