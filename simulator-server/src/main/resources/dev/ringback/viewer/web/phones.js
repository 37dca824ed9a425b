// A phone for each of the two people: what the person can do now, and why not.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { useRinging, useSpeech } from 'ringback/sound';
import { classes, tags } from 'ringback/tags';

const { button, div, form, h2, input, label, p, section } = tags;

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const ACTS = [
  ['answer', 'Answer', 'a'],
  ['decline', 'Decline', 'd'],
  ['busy', 'Busy', 'b'],
  ['unreachable', 'Unreachable', 'u'],
  ['hangup', 'Hang up', 'h'],
];
const STATES = {
  queued: 'about to be called',
  initiated: 'is being called',
  ringing: 'rings',
  'in-progress': 'in the call',
  completed: 'the call is over',
  busy: 'was busy',
  failed: 'could not be reached',
  'no-answer': 'did not answer',
  canceled: 'the caller gave up',
};

function Phone({ name, party, call, play, past }) {
  const [words, setWords] = useState('');
  const [wrong, setWrong] = useState('');
  useEffect(() => setWrong(''), [party?.status, call.callSid]);
  const impossible = (act) => past || (party ? party.impossible[act] ?? '' : `no ${name.toLowerCase()} is in the call`);
  const act = async (body) => {
    setWrong('');
    try {
      await play(name.toLowerCase(), body);
      return true;
    } catch (refused) {
      setWrong(refused.message);
      return false;
    }
  };
  // Keys are this phone's while it has the focus, and text while one writes.
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'INPUT') return;
    const chosen = ACTS.find(([, , key]) => key === event.key.toLowerCase());
    if (/^[0-9*#]$/.test(event.key) && !impossible('press')) act({ act: 'press', digits: event.key });
    else if (chosen && !impossible(chosen[0])) act({ act: chosen[0] });
  };
  const doing = (verb, text, body, key) => {
    const why = impossible(verb);
    return button(
      {
        type: 'button',
        disabled: Boolean(why),
        title: why || (key ? `${text} (${key} on this phone)` : undefined),
        class: classes(verb),
        onClick: () => act(body),
      },
      text,
    );
  };
  const status = party?.status ?? '';
  // Who calls hears it ring, and has nothing to answer.
  const rings = status === 'ringing' && Boolean(party) && !party.impossible.answer;
  return section(
    {
      class: classes('phone', rings && 'ringing'),
      'aria-labelledby': `phone-${name}`,
      role: 'region',
      tabIndex: 0,
      onKeyDown: pressed,
    },
    h2({ id: `phone-${name}` }, name),
    p({ class: 'address' }, party?.address ?? ''),
    p({ class: 'state', role: 'status' }, party ? (status === 'ringing' && !rings ? 'calls' : STATES[status] ?? status) : 'nobody'),
    div({ class: 'buttons' }, ACTS.map(([verb, text, key]) => doing(verb, text, { act: verb }, key))),
    div(
      { class: 'keypad', role: 'group', 'aria-label': `Keypad of the ${name.toLowerCase()}` },
      KEYS.map((digit) => doing('press', digit, { act: 'press', digits: digit })),
    ),
    form(
      {
        class: 'speak',
        onSubmit: (event) => {
          event.preventDefault();
          act({ act: 'speak', words }).then((done) => done && setWords(''));
        },
      },
      label({ for: `words-${name}`, class: 'visually-hidden' }, `Words of the ${name.toLowerCase()}`),
      input({ id: `words-${name}`, value: words, placeholder: 'Words', autocomplete: 'off', onInput: (event) => setWords(event.target.value) }),
      button({ type: 'submit', disabled: Boolean(impossible('speak')) || !words, title: impossible('speak') || (words ? undefined : 'write what is said') }, 'Speak'),
    ),
    p({ role: 'alert', class: 'error' }, wrong),
  );
}

/**
 * @param act (party, act) → a promise: what is done when somebody does something; left out, it is done in the call
 * @param past why nobody can do anything; empty: one can
 */
export function Phones({ timeline, act, sound, past = '' }) {
  const of = (party) => timeline.parties?.find((one) => one.party === party);
  const play = act ?? ((party, body) => api('POST', `/calls/${timeline.call.callSid}/acts`, { party, ...body }));
  useRinging(Boolean(sound) && timeline.parties?.some((one) => one.party === 'worker' && one.status === 'ringing'));
  useSpeech(Boolean(sound), timeline);
  return div(
    { class: 'phones' },
    h(Phone, { name: 'Customer', party: of('customer'), call: timeline.call, play, past }),
    h(Phone, { name: 'Worker', party: of('worker'), call: timeline.call, play, past }),
  );
}
