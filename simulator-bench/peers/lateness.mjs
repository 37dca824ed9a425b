// How late timers are while many calls are live on a real clock: a line of JSON.
//   node lateness.mjs CALLS PORT COMMAND      (the command is split at blanks; {port} in it is the port)
// Each call pauses for five seconds, again and again; the figures are those of /metrics, a minute after the last create.
import { spawn } from 'node:child_process';
import http from 'node:http';

const [calls, port, ...command] = process.argv.slice(2);
const ACCOUNT = 'AC00000000000000000000000000000000';
const LOGIN = 'Basic ' + Buffer.from(`${ACCOUNT}:${process.env.TOKEN}`).toString('base64');
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

const ask = (method, path, body) =>
  new Promise((resolve, reject) => {
    const headers = { Authorization: LOGIN };
    if (body) headers['Content-Type'] = 'application/x-www-form-urlencoded';
    const request = http.request({ host: '127.0.0.1', port, method, path, agent, headers }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part)).on('end', () => resolve({ status: answer.statusCode, text }));
    });
    request.on('error', reject).end(body);
  });

const words = command.join(' ').replaceAll('{port}', port).split(' ');
const child = spawn(words[0], words.slice(1), { stdio: 'ignore', detached: true });
try {
  for (let i = 0; i < 500; i++) {
    if ((await ask('GET', '/healthz').catch(() => ({}))).status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const twiml = `<Response>${'<Pause length="5"/>'.repeat(100)}</Response>`;
  const body = new URLSearchParams({ To: '+15558675310', From: '+15017122661', Twiml: twiml }).toString();
  let next = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next++ < Number(calls)) {
        const answer = await ask('POST', `/2010-04-01/Accounts/${ACCOUNT}/Calls.json`, body);
        if (answer.status !== 201) throw new Error(answer.text);
      }
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  const { text } = await ask('GET', '/metrics');
  const figure = (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  const late = (quantile) => Math.round(figure(`ringback_timers_lateness_seconds\\{quantile="${quantile}"\\}`) * 1e5) / 100;
  console.log(JSON.stringify({ name: 'lateness', live: figure('ringback_calls_live'), timers: figure('ringback_timers_lateness_seconds_count'), late50: late('0.5'), late99: late('0.99'), late999: late('0.999') }));
} finally {
  process.kill(-child.pid, 'SIGTERM');
}
process.exit();
