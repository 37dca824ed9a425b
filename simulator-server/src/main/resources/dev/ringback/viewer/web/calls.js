// The list of calls, and placing one.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { classes, tags } from 'ringback/tags';
import { length } from 'ringback/time';
import { VirtualList } from 'ringback/virtual';

const { button, datalist, div, form, input, label, option, p, select, span } = tags;

const ROW = 58;
const PAIRS = 'ringback.pairs';
const WORKERS = {
  'by-hand': 'I play who is called',
  answers: 'answers',
  ignores: 'does not answer',
  declines: 'declines',
  busy: 'is busy',
  unreachable: 'cannot be reached',
};

/** What somebody else wrote there is nothing. */
function remembered() {
  try {
    const pairs = JSON.parse(localStorage.getItem(PAIRS));
    return Array.isArray(pairs) ? pairs.filter((pair) => Array.isArray(pair) && pair.length === 2) : [];
  } catch {
    return [];
  }
}

/** As people write numbers. */
const normal = (number) => (/^\s*\+[\d\s().-]+$/.test(number) ? number.replace(/[^+\d]/g, '') : number.trim());

function remember(pair) {
  const others = remembered().filter(([from, to]) => from !== pair[0] || to !== pair[1]);
  localStorage.setItem(PAIRS, JSON.stringify([pair, ...others].slice(0, 8)));
}

/** What went wrong comes first, and then the newest, as they come. */
export function shown(calls, { search, problems }) {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = calls.filter((call) => {
    const text = [call.callSid, call.from, call.to, call.status, call.ending, ...call.legs.flatMap((leg) => [leg.to, leg.callSid])]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const failed = found.filter((call) => call.failed);
  return problems ? failed : [...found.filter((call) => !call.over && !call.failed), ...failed, ...found.filter((call) => call.over && !call.failed)];
}

export function PlaceCall({ numbers, workers, placed }) {
  const [recent, setRecent] = useState(remembered());
  const [from, setFrom] = useState(recent[0]?.[0] ?? '+15558675310');
  const [to, setTo] = useState(recent[0]?.[1] ?? '+15017122661');
  const [worker, setWorker] = useState('by-hand');
  const [wrong, setWrong] = useState('');
  const [caller, setCaller] = useState('');
  useEffect(() => {
    if (!recent.length && numbers.length) setTo(numbers[0].number);
  }, [numbers.length]);
  const submit = async (event) => {
    event.preventDefault();
    setWrong('');
    try {
      const byHand = worker === 'by-hand' ? { caller: { speaks: '0s', then: 'stays' } } : {};
      const script = { cast: { '*': worker }, ...byHand };
      const answer = caller
        ? await api('POST', `/workers/${encodeURIComponent(caller)}/calls`, {
            ...(/^CH[0-9a-f]{32}$/.test(to) ? { conversationSid: to } : { customer: normal(to) }),
            ...script,
          })
        : await api('POST', '/calls', { from: normal(from), to: normal(to), ...script });
      if (!caller) {
        remember([from, to]);
        setRecent(remembered());
      }
      placed(answer.callSid);
    } catch (refused) {
      setWrong(refused.message);
    }
  };
  const field = (id, name, value, set, values) =>
    div(
      { class: 'field' },
      label({ for: id }, name),
      input({ id, value, list: `${id}-known`, required: true, autocomplete: 'off', spellcheck: false, onInput: (event) => (setWrong(''), set(event.target.value)) }),
      datalist({ id: `${id}-known` }, [...new Set(values)].map((one) => option({ value: one }))),
    );
  return form(
    { class: 'place', onSubmit: submit, 'aria-label': 'Place a call' },
    workers.length
      ? div(
          { class: 'field' },
          label({ for: 'caller' }, 'Who calls'),
          select(
            { id: 'caller', value: caller, onChange: (event) => setCaller(event.target.value) },
            option({ value: '' }, 'a customer'),
            workers.map((one) => option({ value: one.identity }, `${one.identity}, from the app`)),
          ),
        )
      : null,
    caller ? null : field('from', 'From', from, setFrom, recent.map((pair) => pair[0])),
    field('to', caller ? 'Customer or conversation' : 'To', to, setTo, [...numbers.map((one) => one.number), ...recent.map((pair) => pair[1])]),
    div(
      { class: 'field' },
      label({ for: 'cast' }, 'Who is called'),
      select(
        { id: 'cast', value: worker, onChange: (event) => setWorker(event.target.value) },
        Object.entries(WORKERS).map(([value, text]) => option({ value }, text)),
      ),
    ),
    button({ type: 'submit', class: 'primary' }, 'Place call'),
    p({ role: 'alert', class: 'error' }, wrong),
  );
}

function Row({ call, chosen, choose }) {
  const state = call.failed ? 'error' : call.over ? '' : 'live';
  return button(
    {
      type: 'button',
      class: classes('call', chosen && 'chosen', state),
      'aria-current': chosen ? 'true' : undefined,
      onClick: () => choose(call.callSid),
    },
    span({ class: 'who' }, `${call.from} → ${call.to || 'app'}`),
    span({ class: 'when' }, call.over ? length(call.duration * 1000) : 'live'),
    span({ class: 'ending' }, call.failed ? '✗ ' : '', call.over ? call.ending : call.status),
    span({ class: 'sid' }, call.callSid.slice(0, 10)),
  );
}

export function CallList({ calls, all, filter, setFilter, chosen, choose }) {
  return div(
    { class: 'list' },
    div(
      { class: 'filter' },
      label({ for: 'search', class: 'visually-hidden' }, 'Search calls'),
      input({
        id: 'search',
        type: 'search',
        placeholder: 'Number, SID, Result',
        value: filter.search,
        onInput: (event) => setFilter({ ...filter, search: event.target.value }),
      }),
      label(
        { class: 'check' },
        input({ type: 'checkbox', checked: filter.problems, onChange: (event) => setFilter({ ...filter, problems: event.target.checked }) }),
        'Problems only',
      ),
    ),
    p({ class: 'note', role: 'status' }, calls.length === all ? `${all} ${all === 1 ? 'call' : 'calls'}` : `${calls.length} of ${all} calls`),
    h(VirtualList, {
      rows: calls,
      height: ROW,
      label: 'Calls',
      chosen: calls.findIndex((call) => call.callSid === chosen),
      draw: (call) => Row({ call, chosen: call.callSid === chosen, choose }),
    }),
  );
}
