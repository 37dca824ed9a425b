// A call that is over, as it was at any instant; and differently from there on: what a person does then is played in a world
// of its own, from the journal until then and with the app from then on.
import { h } from 'preact';
import { useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { Phones } from 'ringback/phones';
import { tags } from 'ringback/tags';
import { offset } from 'ringback/time';
import { duration, until } from 'ringback/viewer';

const { button, div, input, label, p, span } = tags;

/** Which instant is looked at, of which course of the call. */
export function useHistory(sid, timeline, first = null) {
  const [at, setAt] = useState(first);
  const [forked, setForked] = useState(null);
  const whole = forked ? forked.timeline : timeline;
  const shown = at === null || !whole ? whole : until(whole, at);
  const fork = async (party, act) => {
    const ms = at ?? duration(whole);
    const before = (forked?.moves ?? []).filter((move) => move.ms <= ms);
    // What happened at the instant itself has happened.
    const moves = [...before, { ms: ms + 1, do: { party, ...act } }];
    const [first, ...then] = moves.map((move) => ({ at: `${move.ms}ms`, do: move.do }));
    const timeline = await api('POST', `/calls/${sid}/fork`, { ...first, then });
    setForked({ moves, timeline });
    setAt(null);
  };
  return { at, setAt, forked, leave: () => (setForked(null), setAt(null)), whole, shown, fork };
}

const told = (move) => `${offset(move.ms)} ${move.do.party}: ${[move.do.act, move.do.digits, move.do.words].filter(Boolean).join(' ')}`;

export function History({ history, name = 'Time' }) {
  const last = duration(history.whole);
  const at = Math.min(last, history.at ?? last);
  return div(
    { class: 'history' },
    div(
      { class: 'scrubber' },
      label({ for: 'scrubber' }, name),
      input({
        id: 'scrubber',
        type: 'range',
        min: 0,
        max: last,
        step: 1,
        value: at,
        'aria-valuetext': offset(at),
        onInput: (event) => history.setAt(Number(event.target.value)),
      }),
      span({ class: 'time' }, `${offset(at)} / ${offset(last)}`),
      history.at === null ? null : button({ type: 'button', onClick: () => history.setAt(null) }, 'To the end'),
    ),
    history.forked
      ? div(
          { class: 'note buttons', role: 'status' },
          span({}, `Forked: ${history.forked.moves.map(told).join('; ')}. Played in a world of its own.`),
          button({ type: 'button', onClick: history.leave }, 'Back to the call'),
        )
      : null,
    history.at === null && !(history.forked && !history.forked.timeline.call.over)
      ? null
      : [
          p({ class: 'note' }, `From here, differently: what somebody does now forks the call at ${offset(at)}.`),
          h(Phones, { timeline: history.shown, act: (party, act) => history.fork(party, act) }),
        ],
  );
}
