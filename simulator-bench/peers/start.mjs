// From the command to its first 200, and what it then has in memory: commands in turn, whole processes.
//   node start.mjs RUNS NAME=PORT=PATH=COMMAND …      (the command is split at blanks; {port} in it is the port)
// With an empty PORT a command is timed until it has ended. An app that takes calls listens at port 4135 meanwhile.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import http from 'node:http';

const [runs, ...named] = process.argv.slice(2);
const commands = named.map((text) => {
  const [name, port, path, ...command] = text.split('=');
  return { name, port: Number(port), path, command: command.join('=').replaceAll('{port}', port).split(' '), ms: [], kib: [] };
});

/** A request over a connection of its own: the status, or 0. */
const ask = (port, path) =>
  new Promise((resolve) => {
    http
      .get({ host: '127.0.0.1', port, path, agent: false }, (answer) => (answer.resume(), resolve(answer.statusCode)))
      .on('error', () => resolve(0));
  });

/** The process and all that it has started. */
function family(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [[Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))[1])]];
      } catch {
        return [];
      }
    });
  const all = [pid];
  for (const one of all) all.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child));
  return all;
}

const rss = (pid) =>
  family(pid).reduce((sum, one) => {
    try {
      return sum + Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/status`, 'utf8'))[1]);
    } catch {
      return sum;
    }
  }, 0);

async function once(one) {
  if (one.port && (await ask(one.port, one.path))) throw new Error(`something answers at port ${one.port} already`);
  const begin = process.hrtime.bigint();
  const child = spawn(one.command[0], one.command.slice(1), { stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const passed = () => Number(process.hrtime.bigint() - begin) / 1e6;
  if (!one.port) {
    const code = await ended;
    if (code !== 0) throw new Error(`${one.name}: exit ${code}`);
    one.ms.push(passed());
    return;
  }
  while ((await ask(one.port, one.path)) !== 200) {
    if (passed() > 30_000 || child.exitCode !== null) throw new Error(`${one.name} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  one.ms.push(passed());
  await new Promise((resolve) => setTimeout(resolve, 1500));
  one.kib.push(rss(child.pid));
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

// An app that takes calls.
const app = http.createServer((request, response) => request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end('<Response><Hangup/></Response>')));
await new Promise((resolve) => app.listen(4135, '127.0.0.1', resolve));

for (let run = 0; run <= Number(runs); run++) {
  for (const one of commands) {
    await once(one);
    if (run === 0) (one.ms = []), (one.kib = []); // warm-up
    else console.log(JSON.stringify({ run, name: one.name, ms: Math.round(one.ms.at(-1)), kib: one.kib.at(-1) }));
  }
}
const at = (list, part) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * part)];
for (const { name, ms, kib } of commands) {
  const memory = kib.length ? `, at rest ${(at(kib, 0.5) / 1024).toFixed(0)} MiB (${(at(kib, 0) / 1024).toFixed(0)} to ${(at(kib, 1) / 1024).toFixed(0)})` : '';
  console.log(`# ${name}: median ${Math.round(at(ms, 0.5))} ms (${Math.round(at(ms, 0))} to ${Math.round(at(ms, 1))})${memory}`);
}
app.close();
app.closeAllConnections();
