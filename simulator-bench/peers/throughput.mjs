// Creates, lists and callbacks a second of several fakes of Twilio, in turn, each a fresh process; needs nothing but Node.
//   node throughput.mjs RUNS NAME=PORT=PATH=FROM=COMMAND …      (the command is split at blanks; {port} in it is the port)
// A fake is ready when PATH answers 200; FROM is a number of its account. The generator's own ceiling, a server that says
// "201" and nothing else, is measured in the same run.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import http from 'node:http';

const ACCOUNT = 'AC00000000000000000000000000000000';
const TOKEN = process.env.TOKEN ?? 'twilio_test_auth_token';
const FIRST = 2000;
const WARM = 1500; // emulate refuses everything after 5,000 requests
const LISTS = 300;
const CALLS_BACK = 1000;
const AT_ONCE = 16;
const LIVE = '<Response><Pause length="600"/></Response>';

const [runs, ...named] = process.argv.slice(2);
const fakes = named.map((text) => {
  const [name, port, path, from, ...command] = text.split('=');
  return { name, port: Number(port), path, from, command: command.join('=').replaceAll('{port}', port).split(' ') };
});

let told = 0;
let last = 0;
const sink = http
  .createServer((request, response) => {
    request.resume().on('end', () => {
      told++;
      last = performance.now();
      response.writeHead(204).end();
    });
  })
  .listen(0, '127.0.0.1');
const ceiling = http.createServer((request, response) => request.resume().on('end', () => response.writeHead(201, { 'Content-Type': 'application/json' }).end('{}')));

function request(agent, port, method, path, body) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const headers = { Authorization: 'Basic ' + Buffer.from(ACCOUNT + ':' + TOKEN).toString('base64') };
    if (body) headers['Content-Type'] = 'application/x-www-form-urlencoded';
    const asked = http.request({ host: '127.0.0.1', port, method, path, agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, ms: performance.now() - begin, text: () => Buffer.concat(parts).toString() }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** As many as that, AT_ONCE at a time: seconds, and the milliseconds of each. */
async function many(count, port, expected, one) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const ms = [];
  const begin = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const answer = await one(agent, next++);
        if (answer.status !== expected) throw new Error(`status ${answer.status}: ${answer.text()}`);
        ms.push(answer.ms);
      }
    }),
  );
  agent.destroy();
  return { seconds: (performance.now() - begin) / 1000, ms: ms.sort((a, b) => a - b) };
}

const part = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
const calls = `/2010-04-01/Accounts/${ACCOUNT}/Calls.json`;
const form = (from, more) => new URLSearchParams({ To: '+15558675310', From: from, Twiml: LIVE, ...more }).toString();

const rss = (pid) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const mine = Number(name) === pid || Number(/^PPid:\s+(\d+)/m.exec(status)[1]) === pid;
        return sum + (mine ? Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) : 0);
      } catch {
        return sum;
      }
    }, 0) / 1024;

async function measure(port, from) {
  const first = await many(FIRST, port, 201, (agent) => request(agent, port, 'POST', calls, form(from)));
  const warm = await many(WARM, port, 201, (agent) => request(agent, port, 'POST', calls, form(from)));
  return { creates: FIRST / first.seconds, warm: WARM / warm.seconds, p50: part(warm.ms, 0.5), p99: part(warm.ms, 0.99) };
}

async function once(fake) {
  if (await request(undefined, fake.port, 'GET', fake.path).then(() => true, () => false)) throw new Error(`something answers at port ${fake.port} already`);
  const child = spawn(fake.command[0], fake.command.slice(1), { stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  try {
    for (const until = performance.now() + 30_000; ; ) {
      const answer = await request(undefined, fake.port, 'GET', fake.path).catch(() => undefined);
      if (answer?.status === 200) break;
      if (performance.now() > until || child.exitCode !== null) throw new Error(`${fake.name} does not answer`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const figures = await measure(fake.port, fake.from);
    const list = await many(LISTS, fake.port, 200, (agent) => request(agent, fake.port, 'GET', calls + '?PageSize=50'));
    figures.lists = LISTS / list.seconds;
    told = 0;
    const begin = performance.now();
    const back = new URLSearchParams({ StatusCallback: `http://127.0.0.1:${sink.address().port}/status` });
    if (fake.name !== 'emulate') for (const event of ['initiated', 'ringing']) back.append('StatusCallbackEvent', event);
    const body = form(fake.from) + '&' + back;
    await many(CALLS_BACK, fake.port, 201, (agent) => request(agent, fake.port, 'POST', calls, body));
    for (let quiet = 0; told < 2 * CALLS_BACK && quiet < 100; quiet++) {
      const before = told;
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (told !== before) quiet = 0;
    }
    figures.told = told;
    figures.callbacks = told / ((last - begin) / 1000);
    figures.mib = rss(child.pid);
    return figures;
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

const all = new Map();
const record = (run, name, figures) => {
  const rounded = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Math.round(value * 100) / 100]));
  console.log(JSON.stringify({ run, name, ...rounded }));
  all.set(name, [...(all.get(name) ?? []), rounded]);
};
for (let run = 1; run <= Number(runs); run++) {
  await new Promise((resolve) => ceiling.listen(0, '127.0.0.1', resolve));
  record(run, 'ceiling', await measure(ceiling.address().port, '+1'));
  await new Promise((resolve) => (ceiling.close(resolve), ceiling.closeAllConnections()));
  for (const fake of fakes) record(run, fake.name, await once(fake));
}
for (const [name, list] of all) {
  const median = (key) => {
    const sorted = list.map((one) => one[key]).sort((a, b) => a - b);
    return sorted[0] === undefined ? '' : ` ${key} ${part(sorted, 0.5)} (${sorted[0]} to ${sorted.at(-1)})`;
  };
  console.log(`# ${name}:${['creates', 'warm', 'p50', 'p99', 'lists', 'callbacks', 'mib'].map(median).join('')}`);
}
sink.close();
