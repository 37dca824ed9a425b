// The live console: the calls, one of them, the account, the signature doctor. State lives in the server; the URL says
// what is looked at.
import { h, render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Account } from 'ringback/account';
import { api, listen, Refused, world } from 'ringback/api';
import { Recordings } from 'ringback/audio';
import { CallList, PlaceCall, shown } from 'ringback/calls';
import { Clock } from 'ringback/clock';
import { Doctor } from 'ringback/doctor';
import { History, useHistory } from 'ringback/fork';
import { Phones } from 'ringback/phones';
import { Start } from 'ringback/start';
import { tags } from 'ringback/tags';
import { begins, CallView, sounds } from 'ringback/viewer';

const { a, button, div, h1, header, main, nav, p, span } = tags;

const VIEWS = [
  ['calls', 'Calls'],
  ['account', 'Account'],
  ['doctor', 'Signature doctor'],
];

const SID = /^CA[0-9a-f]{32}$/;
const EXCHANGE = /^[A-Z]{2}[0-9a-f]{32}\/\d+$/;

function fromUrl() {
  const query = new URLSearchParams(location.search);
  return {
    view: VIEWS.some(([name]) => name === query.get('view')) ? query.get('view') : 'calls',
    call: query.get('call') ?? '',
    search: query.get('search') ?? '',
    problems: query.get('problems') === 'true',
    exchange: EXCHANGE.test(query.get('exchange')) ? query.get('exchange') : '',
    step: /^\d+$/.test(query.get('step')) ? Number(query.get('step')) : -1,
    time: /^\d+$/.test(query.get('time')) ? Number(query.get('time')) : null,
  };
}

function toUrl(at) {
  const query = new URLSearchParams();
  if (world) query.set('world', world);
  if (at.view !== 'calls') query.set('view', at.view);
  if (at.call) query.set('call', at.call);
  if (at.search) query.set('search', at.search);
  if (at.problems) query.set('problems', 'true');
  if (at.call && at.step >= 0) query.set('step', at.step);
  if (at.call && at.time !== null) query.set('time', at.time);
  if (at.view === 'doctor' && at.exchange) query.set('exchange', at.exchange);
  const text = query.toString();
  return text ? `/?${text}` : '/';
}

function files(account, recording) {
  const base = `/2010-04-01/Accounts/${account}/Recordings/${recording.recordingSid}`;
  return { sound: `${base}.wav`, WAV: `${base}.wav`, MP3: `${base}.mp3` };
}

/**
 * @param over whether the call is over; undefined: nobody knows
 * @param first {step, time}: what is looked at in the beginning
 * @param look ({step, time}) → void: something else is looked at
 */
function Call({ sid, over, beat, account, sound, examine, first, look }) {
  const [timeline, setTimeline] = useState(null);
  const [chosen, setChosen] = useState(first.step);
  const [heard, setHeard] = useState(-1);
  const [wrong, setWrong] = useState('');
  const page = useRef(null);
  const past = useHistory(sid, timeline, first.time);
  useEffect(() => {
    const timer = setTimeout(() => look({ step: chosen, time: past.forked ? null : past.at }), 150);
    return () => clearTimeout(timer);
  }, [chosen, past.at, past.forked]);
  useEffect(() => {
    if (!SID.test(sid)) return setWrong(`'${sid}' is not a call SID`);
    let current = true;
    api('GET', `/calls/${sid}/timeline${over === false ? '' : '?moments=true'}`)
      .then((answer) => current && (setTimeline(answer), setWrong('')))
      .catch((refused) => current && setWrong(refused.message));
    return () => {
      current = false;
    };
  }, [sid, beat, over]);
  const ready = Boolean(timeline);
  const ended = Boolean(timeline?.call.over);
  useEffect(() => {
    // On a small screen the list is above, and what was chosen would be out of sight.
    if (ready && innerWidth < 900) page.current?.scrollIntoView();
  }, [ready]);
  useEffect(() => {
    // The phones go when the call ends; the keyboard's place does not.
    if (ended && document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }, [ended]);
  if (wrong) return p({ role: 'alert', class: 'error' }, wrong);
  if (!timeline) return div({ class: 'call-page' });
  const call = timeline.call;
  const live = !past.forked;
  const then = past.at === null ? null : past.shown.status;
  return div(
    { class: 'call-page', ref: page },
    div(
      { class: 'title' },
      h1({}, `${call.from} → ${call.to || 'app'}`),
      then
        ? span({ class: 'badge' }, `then: ${then}`)
        : live
        ? span({ class: timeline.failed ? 'badge error' : 'badge' }, call.over ? call.status : `live: ${call.status}`)
        : span({ class: past.whole.failed ? 'badge error' : 'badge' }, `fork: ${past.whole.call.status}`),
      span({ class: 'sid' }, call.callSid),
    ),
    call.over ? h(History, { history: past }) : h(Phones, { timeline, sound }),
    h(Recordings, {
      files: account ? (recording) => files(account.accountSid, recording) : undefined,
      recordings: live ? call.recordings.filter((recording) => past.at === null || begins(timeline, recording) <= past.at) : [],
      sounds: (recording) => sounds(timeline, recording),
      hear: (recording, seconds) => setHeard(seconds === null ? -1 : begins(timeline, recording) + seconds * 1000),
    }),
    h(CallView, {
      timeline: past.shown,
      chosen,
      choose: setChosen,
      heard,
      load: live ? (id) => api('GET', `/exchanges/${id}`) : async (id) => past.whole.exchanges[id],
      resend: live ? (id) => api('POST', `/exchanges/${id}/resend`) : undefined,
      examine: live ? examine : undefined,
    }),
  );
}

function Console() {
  const [at, setAt] = useState(fromUrl());
  const [calls, setCalls] = useState(new Map());
  const [account, setAccount] = useState(null);
  const [beats, setBeats] = useState({ all: 0 });
  const [sound, setSound] = useState(false);
  const [reached, setReached] = useState(true);
  const [gone, setGone] = useState(false);
  // What is looked at by now; a closure may know what was looked at before.
  const now = useRef(at);
  now.current = at;
  const go = (to, push = true) => {
    const next = { ...now.current, ...to };
    now.current = next;
    history[push ? 'pushState' : 'replaceState'](null, '', toUrl(next));
    setAt(next);
  };
  const open = (sid) => go({ call: sid, step: -1, time: null });
  useEffect(() => {
    const back = () => setAt(fromUrl());
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  useEffect(() => {
    const all = async () => {
      const answer = await api('GET', '/calls');
      setCalls(new Map(answer.calls.map((call) => [call.callSid, call])));
      setAccount(await api('GET', '/account'));
      setBeats((before) => ({ all: before.all + 1 }));
    };
    const some = async (sids) => {
      const found = await Promise.all(
        [...sids].filter(Boolean).map((sid) => api('GET', `/calls/${sid}`).catch(() => null)),
      );
      setCalls((before) => {
        const after = new Map(before);
        const news = found.filter((call) => call && !before.has(call.callSid)).reverse();
        for (const call of found.filter((one) => one && before.has(one.callSid))) after.set(call.callSid, call);
        return new Map([...news.map((call) => [call.callSid, call]), ...after]);
      });
      setBeats((before) => {
        const after = { ...before, all: before.all + 1 };
        for (const sid of sids) after[sid] = (after[sid] ?? 0) + 1;
        return after;
      });
    };
    // What is changed in another window, and leaves no trace in the journal.
    const timer = setInterval(() => !document.hidden && setBeats((before) => ({ ...before, all: before.all + 1 })), 2000);
    const tell = (well) => {
      setReached(well);
      // The server may be there, and the world not.
      if (!well && world) {
        api('GET', '/account').catch((refused) => {
          if (!(refused instanceof Refused)) return;
          clearInterval(timer);
          deaf();
          setGone(true);
        });
      }
    };
    const deaf = listen(some, () => all().catch(() => setReached(false)), tell);
    return () => (clearInterval(timer), deaf());
  }, []);
  if (gone) {
    return div(
      { class: 'console' },
      main(
        { id: 'main', class: 'page' },
        h1({}, 'This world is not here'),
        p({ role: 'alert' }, `There is no world of the account ${world} in this server, or not any more. `, a({ href: '/' }, 'To the first world')),
      ),
    );
  }
  const list = useMemo(() => shown([...calls.values()], at), [calls, at.search, at.problems]);
  return div(
    { class: 'console' },
    header(
      {},
      a({ class: 'skip', href: '#main' }, 'To the content'),
      span({ class: 'brand' }, 'Ringback'),
      nav(
        { 'aria-label': 'Views' },
        VIEWS.map(([name, text]) =>
          a(
            {
              href: toUrl({ ...at, view: name }),
              'aria-current': at.view === name ? 'page' : undefined,
              onClick: (event) => {
                event.preventDefault();
                go({ view: name, exchange: '' });
              },
            },
            text,
          ),
        ),
      ),
      button({ type: 'button', class: 'sound', 'aria-pressed': sound, title: 'Phones ring, and <Say> is spoken', onClick: () => setSound(!sound) }, sound ? 'Sound on' : 'Sound off'),
      h(Clock, { beat: beats.all }),
    ),
    p({ role: 'alert', class: reached ? 'visually-hidden' : 'down' }, reached ? '' : 'The server does not answer. What is shown is as it was.'),
    main(
      { id: 'main', class: at.view, tabIndex: -1 },
      at.view === 'account'
        ? h(Account, { beat: beats.all, calls: [...calls.values()] })
        : at.view === 'doctor'
          ? h(Doctor, { key: at.exchange, exchange: at.exchange, calls: [...calls.values()], pick: (exchange) => go({ exchange }) })
          : [
              div(
                { class: 'side' },
                h(PlaceCall, { numbers: account?.numbers ?? [], workers: account?.workers ?? [], placed: open }),
                h(CallList, {
                  calls: list,
                  all: calls.size,
                  filter: at,
                  setFilter: (filter) => go(filter, false),
                  chosen: at.call,
                  choose: open,
                }),
              ),
              at.call
                ? h(Call, {
                    key: at.call,
                    sid: at.call,
                    over: calls.get(at.call)?.over,
                    first: at,
                    look: (seen) => go(seen, false),
                    beat: `${beats[at.call] ?? 0} ${calls.size}`,
                    account,
                    sound,
                    examine: (exchange) => go({ view: 'doctor', exchange }),
                  })
                : h(Start, { account, calls: calls.size, placed: open }),
            ],
    ),
  );
}

render(h(Console, {}), document.getElementById('root'));
