// docs/PERFORMANCE.md from the raw lines of start.mjs, throughput.mjs and lateness.mjs, and of `make bench-memory`.
//   node table.mjs LINES MEMORY-LINES
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const read = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const lines = read(process.argv[2]);
const million = read(process.argv[3]);
const late = lines.find((line) => line.name === 'lateness');
const most = (key) => Math.max(...million.slice(1).map((line) => Math.abs(line[key] / million[0][key] - 1) * 100)).toFixed(1);
const of = (name, key) => lines.filter((line) => line.name === name && line[key] !== undefined && line[key] !== null).map((line) => line[key]).sort((a, b) => a - b);
const cell = (name, key, scale = 1, digits = 0) => {
  const values = of(name, key).map((value) => value / scale);
  if (values.length === 0) return '';
  const show = (value) => value.toFixed(digits);
  return `**${show(values[Math.floor((values.length - 1) / 2)])}** (${show(values[0])} to ${show(values.at(-1))})`;
};
const row = (title, key, aim, scale, digits) =>
  `| ${title} | ${cell('ringback', key, scale, digits)} | ${cell('emulate', key, scale, digits)} | ${cell('ceiling', key, scale, digits)} | ${aim} |`;
const own = (title, name, aim) => `| ${title} | ${cell(name, 'ms')} | | | ${aim} |`;
const starts = of('ringback', 'ms').length;
const runs = of('ringback', 'creates').length;

console.log(`# Performance

Written by \`make bench-peers\`: the archive with a Java of its own beside [emulate](https://www.npmjs.com/package/emulate) 0.12.2
on Node 22, each a fresh process, in turn in one run, with the generator on the same machine (${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB). Medians, and the
least and the most; the raw lines are in [performance.jsonl](performance.jsonl). *Ceiling* is what the generator reaches with a server that
says 201 and nothing else. The last column is what we are after; where a figure does not reach it, it does not reach it.

| | Ringback | emulate | ceiling | aim |
|---|---|---|---|---|
${row(`from the command to the first 200, ms (${starts} starts)`, 'ms', 'at most 300')}
${row('memory at rest, MiB', 'kib', 'at most 70', 1024)}
${own('`--version`, ms', 'version', 'at most 250')}
${own('`check` of a small document, ms', 'check', 'at most 250')}
${own('`call` with a skipping clock, ms', 'call', 'at most 250')}
${row(`creates a second, the first 2,000 (${runs} runs)`, 'creates', "at least emulate's")}
${row('creates a second, the next 1,500, with 2,000 calls live', 'warm', "twice emulate's")}
${row('p99 of such a create, ms', 'p99', "at most emulate's", 1, 1)}
${row('lists of 50 calls a second', 'lists', "twice emulate's")}
${row('callbacks delivered a second', 'callbacks', "three times emulate's")}
${row('memory after all that, MiB', 'mib', '')}

Signed callbacks of both go to one sink; emulate sends two for each call before it answers the create, Ringback sends \`initiated\` and
\`ringing\` for each and simulates the call meanwhile. emulate refuses everything after 5,000 requests, so no run is longer.

## Timers

With ${late.live} calls live on a real clock, each with a timer every five seconds, ${late.timers} timers were late by ${late.late50} ms (p50), **${late.late99} ms**
(p99) and ${late.late999} ms (p99.9); the aim is a p99 below 10. The figures are those of \`/metrics\`.

## A million calls

\`make bench-memory\` places a million calls in one world, one after the other (\`docs/memory.jsonl\`). After the first hundred thousand the heap
in use is ${Math.round(million[0].heapKib / 1024)} MiB and the process ${Math.round(million[0].rssKib / 1024)} MiB, with a heap of at most 256; until the last the first changes by at most ${most('heapKib')} %,
the second by ${most('rssKib')} %.

| calls | heap in use, MiB | process, MiB |
|---|---|---|
${million.map((line) => `| ${line.calls.toLocaleString('en')} | ${(line.heapKib / 1024).toFixed(1)} | ${(line.rssKib / 1024).toFixed(0)} |`).join('\n')}`);
