// The report of a run, and a saved journal: the same viewer with its data inside.
import { h, render } from 'preact';
import { useState } from 'preact/hooks';
import { classes, tags } from 'ringback/tags';
import { begins, CallView, duration, sounds, until } from 'ringback/viewer';
import { Recordings } from 'ringback/audio';
import { Phones } from 'ringback/phones';
import { offset } from 'ringback/time';

const { button, div, h1, header, input, label, li, main, p, pre, span, ul } = tags;

/** The data is packed: gzip, in base64. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
}

const report = await unpacked(document.getElementById('data').textContent);

/** What failed comes first, in the order in which it was played. */
const cases = [...report.cases].sort((one, other) => Number(one.passed) - Number(other.passed));

/** All that a search looks at. */
const haystack = (one) =>
  [one.name, one.detail, one.cause, ...one.calls.flatMap((timeline) => [timeline.call.from, timeline.call.to, timeline.call.callSid, ...timeline.rows.map((row) => row.form?.Result ?? '')])]
    .join(' ')
    .toLowerCase();

/** The sound of a recording, as far as the report has it. */
function files(timeline, recording) {
  const mp3 = timeline.audio?.[recording.recordingSid];
  const url = mp3 ? `data:audio/mpeg;base64,${mp3}` : undefined;
  return { sound: url, MP3: url };
}

function Report() {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(0);
  const [callOf, setCallOf] = useState(0);
  const [step, setStep] = useState(-1);
  const [at, setAt] = useState(null);
  const [heard, setHeard] = useState(-1);
  const shown = cases.map((one, index) => [one, index]).filter(([one]) => haystack(one).includes(search.toLowerCase()));
  const one = cases[chosen];
  const failed = cases.filter((other) => !other.passed).length;
  return div(
    { class: 'console report' },
    header({}, span({ class: 'brand' }, 'Ringback'), span({}, report.title), span({ class: failed ? 'badge error' : 'badge' }, report.summary)),
    main(
      { class: 'calls' },
      div(
        { class: 'side' },
        div(
          { class: 'filter' },
          label({ for: 'search', class: 'visually-hidden' }, 'Search'),
          input({ id: 'search', type: 'search', placeholder: 'Search', value: search, onInput: (event) => setSearch(event.target.value) }),
        ),
        ul(
          { class: 'cases', 'aria-label': report.title },
          shown.map(([other, index]) =>
            li(
              {},
              button(
                {
                  type: 'button',
                  class: classes('call', index === chosen && 'chosen', !other.passed && 'error'),
                  'aria-current': index === chosen ? 'true' : undefined,
                  onClick: () => {
                    setChosen(index);
                    setCallOf(0);
                    setStep(-1);
                    setAt(null);
                  },
                },
                span({ class: 'who' }, `${other.passed ? '' : '✗ '}${other.name}`),
                span({ class: 'ending' }, other.detail),
                other.cause ? span({ class: 'why' }, other.cause) : null,
              ),
            ),
          ),
        ),
      ),
      one
        ? div(
            { class: 'call-page' },
            div({ class: 'title' }, h1({}, one.name), report.judged ? span({ class: one.passed ? 'badge' : 'badge error' }, one.passed ? 'passed' : 'failed') : null),
            one.cause ? p({ class: 'error' }, one.cause) : null,
            one.failures.length ? pre({ class: 'code', tabIndex: 0, 'aria-label': 'Failures' }, one.failures.join('\n')) : null,
            one.calls.length > 1
              ? div(
                  { class: 'buttons' },
                  one.calls.map((timeline, i) =>
                    button({ type: 'button', 'aria-pressed': i === callOf, onClick: () => (setCallOf(i), setStep(-1), setAt(null)) }, `${i + 1}. ${timeline.call.from} → ${timeline.call.to || 'app'}`),
                  ),
                )
              : null,
            one.calls[callOf]
              ? div(
                  { class: 'scrubber' },
                  label({ for: 'scrubber' }, 'Time'),
                  input({
                    id: 'scrubber',
                    type: 'range',
                    min: 0,
                    max: duration(one.calls[callOf]),
                    value: at ?? duration(one.calls[callOf]),
                    'aria-valuetext': offset(at ?? duration(one.calls[callOf])),
                    onInput: (event) => setAt(Number(event.target.value)),
                  }),
                  span({ class: 'time' }, offset(at ?? duration(one.calls[callOf]))),
                )
              : null,
            one.calls[callOf] && at !== null
              ? h(Phones, { timeline: until(one.calls[callOf], at), past: 'this is a report: the call is over, and nothing is played' })
              : null,
            one.calls[callOf]
              ? h(Recordings, {
                  key: `${chosen} ${callOf}`,
                  files: (recording) => files(one.calls[callOf], recording),
                  recordings: one.calls[callOf].call.recordings,
                  sounds: (recording) => sounds(one.calls[callOf], recording),
                  hear: (recording, seconds) => setHeard(seconds === null ? -1 : begins(one.calls[callOf], recording) + seconds * 1000),
                })
              : null,
            one.calls[callOf] ? h(CallView, { timeline: at === null ? one.calls[callOf] : until(one.calls[callOf], at), chosen: step, choose: setStep, heard, load: async (id) => one.calls[callOf].exchanges[id] }) : p({ class: 'note' }, 'No call took place.'),
          )
        : p({ class: 'note' }, 'There is nothing in it.'),
    ),
  );
}

render(h(Report, {}), document.getElementById('root'));
