// The same call until an instant, and differently from then on.
import { useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { tags } from 'ringback/tags';
import { offset } from 'ringback/time';

const { button, div, fieldset, form, input, label, legend, option, p, select } = tags;

const ACTS = ['answer', 'decline', 'busy', 'hangup', 'press', 'speak'];

export function Fork({ call, at, forked }) {
  const [party, setParty] = useState('worker');
  const [act, setAct] = useState('decline');
  const [what, setWhat] = useState('');
  const [wrong, setWrong] = useState('');
  const submit = async (event) => {
    event.preventDefault();
    setWrong('');
    const how = { party, act, ...(act === 'press' ? { digits: what } : act === 'speak' ? { words: what } : {}) };
    try {
      forked(await api('POST', `/calls/${call}/fork`, { at: `${Math.max(1, at)}ms`, do: how }), how);
    } catch (refused) {
      setWrong(refused.message);
    }
  };
  return form(
    { class: 'fork', onSubmit: submit },
    fieldset(
      {},
      legend({}, `From here, differently (${offset(at)})`),
      div(
        { class: 'buttons' },
        label({ for: 'fork-party' }, 'Who'),
        select(
          { id: 'fork-party', value: party, onChange: (event) => setParty(event.target.value) },
          ['customer', 'worker'].map((name) => option({ value: name }, name)),
        ),
        label({ for: 'fork-act' }, 'does'),
        select(
          { id: 'fork-act', value: act, onChange: (event) => setAct(event.target.value) },
          ACTS.map((name) => option({ value: name }, name)),
        ),
        act === 'press' || act === 'speak'
          ? [
              label({ for: 'fork-what' }, act === 'press' ? 'Keys' : 'Words'),
              input({ id: 'fork-what', value: what, required: true, onInput: (event) => setWhat(event.target.value) }),
            ]
          : null,
        button({ type: 'submit' }, 'Fork'),
      ),
      p({ role: 'alert', class: 'error' }, wrong),
    ),
  );
}
