// What the account has, and what can be changed while it runs.
import { useEffect, useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { tags } from 'ringback/tags';
import { instant } from 'ringback/time';

const { a, button, details, div, form, h1, h2, input, label, option, p, pre, section, select, summary, table, tbody, td, th, thead, tr } = tags;

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

export function Account({ beat, calls }) {
  const [account, setAccount] = useState(null);
  const [faults, setFaults] = useState([]);
  const [alerts, setAlerts] = useState([]);
  const [fault, setFault] = useState('slow');
  const [request, setRequest] = useState('');
  const [more, setMore] = useState({ by: '', times: '', probability: '' });
  const [wrong, setWrong] = useState('');
  const load = async () => {
    setAccount(await api('GET', '/account'));
    setFaults((await api('GET', '/faults')).faults);
    setAlerts((await api('GET', '/debugger')).entries);
  };
  useEffect(() => {
    load().catch(() => {});
  }, [beat]);
  if (!account) return div({});
  const order = async (event) => {
    event.preventDefault();
    setWrong('');
    try {
      await api('POST', '/faults', {
        fault,
        ...(request ? { request } : {}),
        ...(more.by ? { by: more.by } : {}),
        ...(more.times ? { times: Number(more.times) } : {}),
        ...(more.probability ? { probability: Number(more.probability) } : {}),
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
        ['Number', 'Voice URL', 'Status callback'],
        account.numbers.map((one) => [
          one.number,
          one.endpoints.voice_url ?? (one.endpoints.voice_application_sid ? `application ${one.endpoints.voice_application_sid}` : ''),
          one.endpoints.status_callback ?? '',
        ]),
        account.voiceUrl ? '' : 'No number has a voice URL; start with --voice-url or a ringback.yaml.',
      ),
      account.voiceUrl ? p({ class: 'note' }, `Every other number rings ${account.voiceUrl}.`) : null,
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
        ['Fault', 'Strikes', 'Struck', 'Take back'],
        faults.map((one) => [
          one.fault,
          one.request ?? 'any callback',
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
      h2({}, 'Behaviour'),
      p({ class: 'note' }, 'Switches for what Twilio\'s pages leave open; they are set in ringback.yaml, as `behaviour`.'),
      rows(['Switch', 'Value'], Object.entries(account.behaviour).map(([name, value]) => [name, String(value)]), ''),
    ),
    section(
      {},
      h2({}, 'Worlds'),
      rows(
        ['Account', 'Look at it'],
        account.worlds.map((sid, index) => [
          sid + (sid === account.accountSid ? ', this one' : ''),
          a({ href: index === 0 ? '/?view=account' : `/?view=account&world=${sid}` }, `Open ${sid.slice(0, 10)}`),
        ]),
        '',
      ),
    ),
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
