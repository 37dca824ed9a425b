// What the account has, and what can be changed while it runs.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api, nodes, worlds } from 'ringback/api';
import { tags } from 'ringback/tags';
import { instant } from 'ringback/time';

const { a, button, datalist, details, div, form, h1, h2, input, label, option, p, pre, section, select, span, summary, table, tbody, td, th, thead, tr } = tags;

const FAULTS = [
  'slow',
  'dropped',
  'duplicated',
  'reordered',
  'never-sent',
  'clock-skew',
  'wrong-signature',
  'recording-failed',
  'recording-absent',
  'failed-create-conversation',
  'internal-error',
  'carrier-failure',
];

function rows(heads, lines, none) {
  return lines.length
    ? div(
        { class: 'wide', tabIndex: 0, role: 'region', 'aria-label': heads[0] },
        table(
          {},
          thead({}, tr({}, heads.map((head) => th({ scope: 'col' }, head)))),
          tbody({}, lines.map((line) => tr({}, line.map((cell) => td({ class: 'value' }, cell))))),
        ),
      )
    : p({ class: 'note' }, none);
}

const who = (participant) => participant.identity ?? `${participant.address} by ${participant.proxyAddress}`;

/** What Frontline keeps of calls in a conversation's attributes. */
function frontline(conversation) {
  let events = [];
  try {
    events = JSON.parse(conversation.attributes)['frontline.events'] ?? [];
  } catch {
    // The attributes are whatever somebody wrote there.
  }
  return events.length
    ? details({}, summary({}, events.length === 1 ? '1 event' : `${events.length} events`), pre({ class: 'code', tabIndex: 0, 'aria-label': 'frontline.events' }, JSON.stringify(events, null, 2)))
    : 'none';
}

/** Each value that is not empty with its key, such as server.port. */
function leaves(value, key = '') {
  if (value === null || typeof value !== 'object') return [[key, String(value)]];
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.length ? [[key, value.join(', ')]] : [];
  return Object.entries(value).flatMap(([name, one]) => leaves(one, Array.isArray(value) ? `${key}[${name}]` : key ? `${key}.${name}` : name));
}

/** Where a number rings; what is given here counts from the next call on. */
function NumberForm({ numbers, changed }) {
  const [number, setNumber] = useState('');
  const [url, setUrl] = useState('');
  const [more, setMore] = useState({});
  const [wrong, setWrong] = useState('');
  const submit = async (event) => {
    event.preventDefault();
    setWrong('');
    try {
      await api('POST', `/numbers/${encodeURIComponent(number.trim())}`, {
        voiceUrl: url.trim(),
        ...Object.fromEntries(Object.entries(more).filter(([, value]) => value.trim())),
      });
      setMore({});
      setNumber('');
      setUrl('');
      await changed();
    } catch (refused) {
      setWrong(refused.message);
    }
  };
  return [
    form(
      { class: 'buttons', onSubmit: submit, 'aria-label': 'Change a number' },
      label({ for: 'number' }, 'Number'),
      input({ id: 'number', value: number, required: true, pattern: '\\+[1-9][0-9]{1,14}', title: 'in E.164, such as +15017122661', list: 'numbers-known', placeholder: '+15017122661', autocomplete: 'off', onInput: (event) => setNumber(event.target.value) }),
      datalist({ id: 'numbers-known' }, numbers.map((one) => option({ value: one.number }))),
      label({ for: 'voice-url' }, 'Voice URL'),
      input({ id: 'voice-url', value: url, required: true, placeholder: 'http://localhost:3000/voice', autocomplete: 'off', onInput: (event) => setUrl(event.target.value) }),
      [
        ['voiceMethod', 'by'],
        ['voiceFallbackUrl', 'Fallback URL'],
        ['voiceFallbackMethod', 'by'],
        ['statusCallback', 'Status callback'],
        ['statusCallbackMethod', 'by'],
      ].map(([key, text]) => {
        const onInput = (event) => {
          const { value } = event.target;
          setMore((before) => ({ ...before, [key]: value }));
        };
        const id = `number-${key}`;
        return [
          label({ for: id }, text === 'by' ? span({ class: 'visually-hidden' }, key) : text),
          text === 'by'
            ? select({ id, value: more[key] ?? '', onChange: onInput }, option({ value: '' }, 'as it was'), option({ value: 'POST' }, 'POST'), option({ value: 'GET' }, 'GET'))
            : input({ id, value: more[key] ?? '', autocomplete: 'off', placeholder: 'as it was', onInput }),
        ];
      }),
      button({ type: 'submit' }, 'Set'),
    ),
    p({ role: 'alert', class: 'error' }, wrong),
  ];
}

/** Other Twilio accounts in this server, each with a clock of its own. */
function WorldList({ account, changed }) {
  const [made, setMade] = useState(null);
  const [wrong, setWrong] = useState('');
  const attempt = async (work) => {
    setWrong('');
    try {
      await work();
      await changed();
    } catch (refused) {
      setWrong(refused.message);
    }
  };
  return [
    rows(
      ['Account', 'Look at it', 'End it'],
      account.worlds.map((sid, index) => [
        sid + (sid === account.accountSid ? ', this one' : ''),
        a({ href: index === 0 ? '/?view=account' : `/?view=account&world=${sid}` }, `Open ${sid.slice(0, 10)}`),
        index === 0 || sid === account.accountSid
          ? ''
          : button({ type: 'button', 'aria-label': `End ${sid.slice(0, 10)}`, onClick: () => attempt(() => worlds('DELETE', `/${sid}`)) }, 'End'),
      ]),
      '',
    ),
    div(
      { class: 'buttons' },
      button({ type: 'button', onClick: () => attempt(async () => setMade(await worlds('POST', '', {}))) }, 'Make another world'),
    ),
    p({ role: 'status', class: 'note' }, made ? `Made: account ${made.accountSid}, auth token ${made.authToken}` : ''),
    p({ role: 'alert', class: 'error' }, wrong),
  ];
}

export function Account({ beat, calls }) {
  const [account, setAccount] = useState(null);
  const [faults, setFaults] = useState([]);
  const [alerts, setAlerts] = useState([]);
  const [fault, setFault] = useState('slow');
  const [request, setRequest] = useState('');
  const [more, setMore] = useState({ by: '', times: '', probability: '' });
  const [wrong, setWrong] = useState('');
  const [configuration, setConfiguration] = useState({});
  const [cluster, setCluster] = useState([]);
  const load = async () => {
    const now = await api('GET', '/account');
    setAccount(now);
    if (now.clustered) setCluster(await nodes());
    setFaults((await api('GET', '/faults')).faults);
    setAlerts((await api('GET', '/debugger')).entries);
  };
  useEffect(() => {
    load().catch(() => {});
  }, [beat]);
  useEffect(() => {
    // It stays as it is while the world is there.
    api('GET', '/configuration').then(setConfiguration).catch(() => {});
  }, []);
  if (!account) return div({});
  const order = async (event) => {
    event.preventDefault();
    setWrong('');
    try {
      await api('POST', '/faults', {
        fault,
        ...(request ? { request } : {}),
        ...(more.by ? { by: more.by } : {}),
        ...(more.times ? { times: more.times } : {}),
        ...(more.probability ? { probability: more.probability } : {}),
      });
      await load();
    } catch (refused) {
      setWrong(refused.message);
    }
  };
  return div(
    { class: 'page' },
    h1({}, 'Account'),
    section(
      {},
      h2({}, 'Numbers'),
      rows(
        ['Number', 'Voice URL', 'Fallback', 'Status callback'],
        account.numbers.map((one) => [
          one.number,
          (one.endpoints.voice_url && `${one.endpoints.voice_method ?? 'POST'} ${one.endpoints.voice_url}`) ?? (one.endpoints.voice_application_sid ? `application ${one.endpoints.voice_application_sid}` : ''),
          one.endpoints.voice_fallback_url ?? '',
          one.endpoints.status_callback ?? '',
        ]),
        account.voiceUrl ? '' : 'No number has a voice URL; start with --voice-url or a ringback.yaml.',
      ),
      account.voiceUrl ? p({ class: 'note' }, `Every other number rings ${account.voiceUrl}.`) : null,
      h(NumberForm, { numbers: account.numbers, changed: load }),
    ),
    section(
      {},
      h2({}, 'Workers'),
      rows(
        ['Worker', 'Available'],
        account.workers.map((worker) => [
          worker.identity,
          label(
            { class: 'check' },
            input({
              type: 'checkbox',
              role: 'switch',
              checked: worker.available,
              onChange: (event) =>
                api('POST', `/workers/${encodeURIComponent(worker.identity)}`, { available: event.target.checked }).then(load),
            }),
            `${worker.identity} is available`,
          ),
        ]),
        'There is no worker.',
      ),
    ),
    section(
      {},
      h2({}, 'Conversations'),
      rows(
        ['Conversation', 'State', 'Participants', 'frontline.events'],
        account.conversations.map((one) => [
          `${one.conversationSid.slice(0, 10)} ${one.friendlyName ?? ''}`,
          one.state,
          one.participants.map(who).join(', '),
          frontline(one),
        ]),
        'There is no conversation yet; the first call makes one.',
      ),
    ),
    section(
      {},
      h2({}, 'Faults'),
      rows(
        ['Fault', 'Strikes', 'By', 'Times', 'Probability', 'Struck', 'Take back'],
        faults.map((one) => [
          one.fault,
          one.request ?? 'any callback',
          one.by ?? '',
          one.times === 0 ? 'always' : one.times,
          String(one.probability),
          one.struck,
          button({ type: 'button', 'aria-label': `Take back ${one.fault}`, onClick: () => api('DELETE', `/faults/${one.id}`).catch(() => {}).then(load) }, 'Take back'),
        ]),
        'No trouble is ordered.',
      ),
      form(
        { class: 'buttons', onSubmit: order },
        label({ for: 'fault' }, 'Fault'),
        select(
          { id: 'fault', value: fault, onChange: (event) => setFault(event.target.value) },
          FAULTS.map((name) => option({ value: name }, name)),
        ),
        label({ for: 'fault-request' }, 'of requests'),
        input({ id: 'fault-request', value: request, placeholder: 'session-status', onInput: (event) => setRequest(event.target.value) }),
        [
          ['by', 'by', '3s'],
          ['times', 'times', '1'],
          ['probability', 'probability', '0.5'],
        ].map(([name, text, example]) => [
          label({ for: `fault-${name}` }, text),
          input({ id: `fault-${name}`, class: 'short', value: more[name], placeholder: example, onInput: (event) => {
              const { value } = event.target;
              setMore((before) => ({ ...before, [name]: value }));
            } }),
        ]),
        button({ type: 'submit' }, 'Order'),
      ),
      p({ role: 'alert', class: 'error' }, wrong),
    ),
    section(
      {},
      h2({}, 'Recordings'),
      rows(
        ['Recording', 'Call', 'Status', 'File'],
        calls.flatMap((call) =>
          call.recordings.map((one) => [
            one.recordingSid,
            call.callSid,
            one.status,
            one.status === 'completed'
              ? a({ href: `/2010-04-01/Accounts/${account.accountSid}/Recordings/${one.recordingSid}.wav`, download: true }, 'WAV')
              : '',
          ]),
        ),
        'Nothing was recorded.',
      ),
    ),
    section(
      {},
      h2({}, 'Configuration'),
      p({ class: 'note' }, 'As it is in ringback.yaml, on the command line or in the environment; `behaviour` has the switches for what Twilio\'s pages leave open.'),
      rows(['Key', 'Value'], leaves(configuration), ''),
    ),
    section(
      {},
      h2({}, 'Worlds'),
      h(WorldList, { account, changed: load }),
    ),
    account.clustered
      ? section(
          {},
          h2({}, 'Nodes'),
          rows(
            ['Node', 'Status', 'Worlds', 'Live calls'],
            cluster.map((node) => [
              node.url,
              node.silent ? `${node.status}, silent` : node.status,
              (node.worlds ?? []).length,
              (node.worlds ?? []).reduce((sum, one) => sum + one.liveCalls, 0),
            ]),
            'No node answers.',
          ),
        )
      : null,
    section(
      {},
      h2({}, 'Alerts'),
      rows(
        ['When', 'Code', 'What'],
        alerts.map((one) => [instant(one.at), `${one.level} ${one.code}`, one.text]),
        'The Debugger is empty.',
      ),
    ),
  );
}
