// A call: the ladder beside the timeline, row by row, and all there is to know of the chosen one.
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { classes, tags } from 'ringback/tags';
import { length, offset } from 'ringback/time';
import { Twiml } from 'ringback/twiml';
import { VirtualList } from 'ringback/virtual';

const { button, dd, div, dl, dt, h2, h3, p, pre, section, span, table, tbody, td, th, thead, tr } = tags;

const ROW = 34;
const LONG = 1500;
const LANES = ['customer', 'twilio', 'app', 'worker'];

/** What is wrong in an answer: as it was read, or as the alert says that follows when it could not be. */
function findings(rows, row, index) {
  if (row.kind !== 'request' || row.findings?.length) return row.findings;
  const alert = rows[index + 1];
  if (alert?.kind !== 'alert' || alert.url !== row.url) return row.findings;
  const place = /\bline (\d+), column (\d+): (.*)/s.exec(alert.text);
  return place
    ? [{ level: alert.level, code: alert.code, line: Number(place[1]), column: Number(place[2]), message: place[3] }]
    : row.findings;
}

/** Rows with a row for each long wait between them, and for what comes next. */
export function steps(timeline) {
  const rows = [];
  let before = 0;
  timeline.rows.forEach((row, index) => {
    if (row.offsetMs - before > LONG) rows.push({ kind: 'gap', ms: row.offsetMs - before });
    before = Math.max(before, row.offsetMs);
    rows.push({ ...row, index, findings: findings(timeline.rows, row, index) });
  });
  const more = [
    ...(timeline.expected ?? []).map((one) => ({ kind: 'expected', ...one })),
    ...(timeline.next ? [{ kind: 'next', text: timeline.next }] : []),
  ];
  more.forEach((row, i) => rows.push({ ...row, index: timeline.rows.length + i }));
  return rows;
}

/** A call that is over as it was at an instant of it. */
export function until(timeline, ms) {
  const moment = timeline.moments?.findLast((one) => one.offsetMs <= ms);
  return {
    ...timeline,
    rows: timeline.rows.filter((row) => row.offsetMs <= ms),
    parties: moment?.parties ?? timeline.parties,
    next: moment?.next,
    status: moment?.status,
    expected: [],
  };
}

/** The instant of the call at which the file of a recording begins: without the silence that is trimmed. */
export const begins = (timeline, recording) =>
  recording.beginsMs ?? timeline.rows.find((row) => row.kind === 'event' && row.text.includes(recording.recordingSid))?.offsetMs ?? 0;

/** What made the sounds of a recording: when in its file, and what. */
export function sounds(timeline, recording) {
  const from = begins(timeline, recording);
  const heard = recording.source === 'RecordVerb' ? /^speaks/ : /^(speaks|presses|<Say>|<Play>)|talk by turns/;
  return timeline.rows
    .filter((row) => row.kind === 'event' && row.offsetMs >= from && row.offsetMs < from + (recording.durationMs ?? 0))
    .filter((row) => heard.test(row.text))
    .map((row) => ({ seconds: (row.offsetMs - from) / 1000, text: `${row.who}: ${row.text}` }));
}

/** Milliseconds from the first row to the last, but for what Ringback was asked for afterwards. */
export const duration = (timeline) => Math.max(0, ...timeline.rows.filter((row) => row.who !== 'ringback').map((row) => row.offsetMs));

/** Whether something is wrong with a step: error, warning, or nothing. */
export function trouble(row) {
  if (row.kind === 'alert') return row.level === 'ERROR' ? 'error' : 'warning';
  if (row.kind !== 'request') return '';
  if (row.error || (row.answer && row.answer.status >= 400)) return 'error';
  const levels = (row.findings ?? []).map((finding) => finding.level);
  return levels.includes('ERROR') ? 'error' : levels.includes('WARNING') ? 'warning' : '';
}

const news = (row) =>
  ['Status', 'StatusCallbackEvent', 'RecordingStatus', 'Result', 'DialCallStatus', 'Digits', 'SpeechResult', 'EventType']
    .filter((name) => row.form[name] !== undefined)
    .map((name) => (name === 'Status' ? row.form[name] : `${name}=${row.form[name]}`))
    .join(' ');

function answer(row) {
  if (row.error) return `${row.error.code} ${row.error.message}`;
  if (row.again) return row.again;
  if (!row.answer) return 'on its way';
  const verbs = row.answer.verbs?.map((verb) => `<${verb}>`).join(' ') ?? '';
  return `${row.answer.status} ${verbs}`;
}

function lane(row) {
  if (row.kind === 'request') return 'app';
  if (row.kind === 'alert') return 'twilio';
  return LANES.includes(row.who) ? row.who : row.who === 'api' ? 'app' : 'twilio';
}

function Ladder({ row }) {
  const at = lane(row);
  return div(
    { class: 'ladder', 'aria-hidden': 'true' },
    row.kind === 'gap' || row.kind === 'next' || row.kind === 'expected'
      ? null
      : row.kind === 'request'
        ? div({ class: classes('arrow', 'to-app', trouble(row)) })
        : div({ class: classes('dot', `at-${at}`, trouble(row)) }),
  );
}

function Step({ row, chosen, heard, choose }) {
  if (row.kind === 'gap') {
    return div({ class: 'step gap' }, Ladder({ row }), span({ class: 'time' }), span({}, `${length(row.ms)} later`));
  }
  if (row.kind === 'expected' || row.kind === 'next') {
    return button(
      {
        type: 'button',
        class: classes('step', 'expected', chosen && 'chosen'),
        'aria-current': chosen ? 'step' : undefined,
        title: row.why ?? row.text,
        onClick: () => choose(row.index),
      },
      Ladder({ row }),
      span({ class: 'time' }),
      span({}, row.kind === 'next' ? `Next: Twilio ${row.text}` : [`⇢ ${row.request}`, row.what, row.why ? `never came: ${row.why}` : 'expected'].filter(Boolean).join('  ')),
    );
  }
  const inside =
    row.kind === 'request'
      ? [
          span({ class: 'kind' }, `→ ${row.request}`),
          span({ class: 'what' }, news(row)),
          span({ class: classes('answer', trouble(row)) }, answer(row)),
        ]
      : row.kind === 'alert'
        ? [span({ class: classes('kind', trouble(row)) }, `${row.level === 'ERROR' ? '✗' : '!'} ${row.code}`), span({ class: 'what' }, row.text)]
        : [span({ class: 'kind' }, row.who), span({ class: 'what' }, row.text)];
  return button(
    {
      type: 'button',
      class: classes('step', row.kind, chosen && 'chosen', heard && 'heard', trouble(row)),
      'aria-current': chosen ? 'step' : undefined,
      title: row.kind === 'request' ? undefined : row.text,
      onClick: () => choose(row.index),
    },
    Ladder({ row }),
    span({ class: 'time' }, offset(row.offsetMs)),
    inside,
  );
}

function Copy({ label, text }) {
  const [done, setDone] = useState('');
  useEffect(() => setDone(''), [text]);
  return button(
    {
      type: 'button',
      onClick: async () => {
        try {
          await navigator.clipboard.writeText(text);
          setDone('✓');
        } catch {
          setDone('the browser does not let it be copied');
        }
      },
    },
    label,
    span({ role: 'status' }, done ? ` ${done}` : ''),
  );
}

function Parameters({ row, details }) {
  const sent = details?.parameters ?? Object.entries(row.form).map(([name, value]) => ({ name, value, about: '' }));
  return div(
    { class: 'wide', tabIndex: 0, role: 'region', 'aria-label': 'Parameters' },
    table(
      {},
      thead({}, tr({}, th({ scope: 'col' }, 'Parameter'), th({ scope: 'col' }, 'Value'), th({ scope: 'col' }, 'What it is'))),
      tbody(
        {},
        sent.map((one) => tr({}, th({ scope: 'row' }, one.name), td({ class: 'value' }, one.value), td({}, one.about))),
        (details?.missing ?? []).map((one) =>
          tr({ class: 'missing' }, th({ scope: 'row' }, one.name), td({}, 'not sent'), td({}, one.about)),
        ),
      ),
    ),
  );
}

/** All of one step. What the server knows beside the row comes with `load`, which a report has not. */
function Details({ row, load, resend, examine, next }) {
  const box = useRef(null);
  const [details, setDetails] = useState(null);
  const [resent, setResent] = useState('');
  useEffect(() => {
    setDetails(null);
    setResent('');
    let current = true;
    if (row.kind === 'request' && load) load(row.id).then((one) => current && setDetails(one)).catch(() => {});
    if (innerWidth < 900) box.current?.scrollIntoView();
    return () => {
      current = false;
    };
  }, [row.id, row.kind, row.answer !== undefined]);
  if (row.kind === 'expected') {
    return section(
      { class: 'details', 'aria-label': 'Step', ref: box },
      h2({}, `${row.request} `, span({ class: 'value' }, row.what)),
      p({}, row.why ? `It never came: ${row.why}.` : 'It is expected, and has not come yet.'),
    );
  }
  if (row.kind === 'next') {
    return section({ class: 'details', 'aria-label': 'Step', ref: box }, h2({}, 'Next'), p({}, `Twilio ${row.text}`));
  }
  if (row.kind !== 'request') {
    return section(
      { class: 'details', 'aria-label': 'Step', ref: box },
      h2({}, row.kind === 'alert' ? `${row.code}` : row.who),
      p({}, row.text),
      row.url ? p({ class: 'value' }, row.url) : null,
      row.kind === 'alert' && /^\d{5}$/.test(row.code)
        ? p({}, `Twilio's error ${row.code}; the Debugger keeps it.`)
        : null,
    );
  }
  return section(
    { class: 'details', 'aria-label': 'Step', ref: box },
    h2({}, `${row.request} `, span({ class: 'value' }, news(row))),
    p({ class: 'value' }, `${row.method} ${row.url}`),
    details
      ? div(
          { class: 'buttons' },
          resend && row.id.startsWith('CA')
            ? button(
                {
                  type: 'button',
                  onClick: async () => setResent((await resend(row.id)).text),
                },
                'Resend',
              )
            : null,
          h(Copy, { label: 'Copy as curl', text: details.curl }),
          h(Copy, { label: 'Copy as scenario step', text: details.step }),
          examine ? button({ type: 'button', onClick: () => examine(row.id) }, 'Examine signature') : null,
        )
      : null,
    p({ role: 'status', class: 'note' }, resent ? `Sent again with the same idempotency token: ${resent}` : ''),
    h3({}, 'Answer'),
    dl(
      {},
      dt({}, 'Status'),
      dd({ class: trouble(row) }, answer(row)),
      row.answer?.contentType ? [dt({}, 'Content-Type'), dd({}, row.answer.contentType)] : null,
      row.tookMs === undefined ? null : [dt({}, 'Took'), dd({}, length(row.tookMs))],
      row.attempt > 1 ? [dt({}, 'Try'), dd({}, row.attempt)] : null,
    ),
    row.answer?.body ? Twiml({ body: row.answer.body, findings: row.findings }) : null,
    next ? p({ class: 'note' }, `Then: ${next}`) : null,
    h3({}, 'Parameters'),
    Parameters({ row, details }),
    details
      ? [
          h3({}, 'Headers'),
          pre({ class: 'code', tabIndex: 0, 'aria-label': 'Headers' }, details.headers.map((one) => `${one.name}: ${one.value}\n`)),
        ]
      : null,
  );
}

const after = (rows, index) => {
  const row = rows[index + 1]?.kind === 'alert' ? rows[index + 2] : rows[index + 1];
  return row?.kind === 'event' ? `${row.who} ${row.text}` : '';
};

/**
 * @param timeline as GET /sim/v1/calls/{sid}/timeline has it
 * @param chosen index of a row, or -1
 * @param heard milliseconds from the call's beginning that a recording is played at, or -1
 */
export function CallView({ timeline, chosen, choose, heard = -1, load, resend, examine }) {
  const rows = steps(timeline);
  const row = rows.find((one) => one.index === chosen);
  const playing = heard < 0 ? undefined : timeline.rows.findLast((one) => one.offsetMs <= heard);
  const box = useRef(null);
  useEffect(() => {
    // The keyboard's place goes along with the choice.
    if (document.activeElement?.classList.contains('step')) box.current?.querySelector('.step.chosen')?.focus();
  }, [chosen]);
  const move = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !event.target.closest('.step')) return;
    event.preventDefault();
    choose(Math.min(rows.findLast((one) => one.index !== undefined)?.index ?? 0, Math.max(0, chosen + by)));
  };
  return div(
    { class: 'call-view' },
    div(
      { class: 'steps', ref: box, onKeyDown: move },
      div(
        { class: 'lanes', 'aria-hidden': 'true' },
        ['Caller', 'Twilio', 'App', 'Worker'].map((name) => span({}, name)),
      ),
      h(VirtualList, {
        rows,
        height: ROW,
        label: 'Timeline',
        follow: !timeline.call.over,
        chosen: rows.findIndex((one) => one.index === chosen),
        draw: (one) => Step({ row: one, chosen: one.index === chosen, heard: playing !== undefined && one.id === playing.id && one.index === timeline.rows.indexOf(playing), choose }),
      }),
    ),
    row
      ? div({ class: 'beside' }, h(Details, { row, load, resend, examine, next: after(timeline.rows, chosen) }))
      : div({ class: 'beside' }, p({ class: 'note' }, 'Choose a step to see what was asked, and what the app answered.')),
  );
}
