// Which URL, parameters, token or body would have matched a signature.
import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { tags } from 'ringback/tags';
import { offset } from 'ringback/time';

const { button, div, form, h1, h2, input, label, option, p, pre, section, select, textarea } = tags;

/** A request that was made: of which call, and which one. */
function Pick({ calls, pick }) {
  const [call, setCall] = useState('');
  const [requests, setRequests] = useState([]);
  useEffect(() => {
    setRequests([]);
    if (!call) return;
    let current = true;
    api('GET', `/calls/${call}/timeline`)
      .then((timeline) => current && setRequests(timeline.rows.filter((row) => row.kind === 'request')))
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [call]);
  return div(
    { class: 'buttons' },
    label({ for: 'doctor-call' }, 'Or pick a request of'),
    select(
      { id: 'doctor-call', value: call, onChange: (event) => setCall(event.target.value) },
      option({ value: '' }, 'a call'),
      calls.slice(0, 100).map((one) => option({ value: one.callSid }, `${one.from} → ${one.to || 'app'}, ${one.callSid.slice(0, 10)}`)),
    ),
    requests.length
      ? [
          label({ for: 'doctor-request' }, 'Request'),
          select(
            { id: 'doctor-request', value: '', onChange: (event) => event.target.value && pick(event.target.value) },
            option({ value: '' }, 'choose'),
            requests.map((row) => option({ value: row.id }, `${row.request}, ${offset(row.offsetMs)}`)),
          ),
        ]
      : null,
  );
}

/**
 * @param exchange ID of the request that is looked at; empty: none
 * @param pick (ID) → void: another is looked at
 */
export function Doctor({ exchange, calls, pick }) {
  const [asked, setAsked] = useState({ url: '', body: '', signature: '', token: '' });
  const [found, setFound] = useState(null);
  const [wrong, setWrong] = useState('');
  useEffect(() => {
    if (!exchange) return;
    api('GET', `/exchanges/${exchange}`)
      .then((one) =>
        setAsked((before) => ({
          ...before,
          url: one.url,
          body: new URLSearchParams(one.parameters.map((sent) => [sent.name, sent.value])).toString(),
          signature: one.headers.find((header) => header.name === 'X-Twilio-Signature')?.value ?? '',
        })),
      )
      .catch((refused) => setWrong(refused.message));
  }, [exchange]);
  const set = (name) => (event) => {
    const { value } = event.target;
    setAsked((before) => ({ ...before, [name]: value }));
  };
  const submit = async (event) => {
    event.preventDefault();
    setWrong('');
    setFound(null);
    try {
      const { token, ...rest } = asked;
      setFound(await api('POST', '/signature', token ? { ...rest, token } : rest));
    } catch (refused) {
      setWrong(refused.message);
    }
  };
  return div(
    { class: 'page' },
    h1({}, 'Signature doctor'),
    p({}, 'Paste what your app saw when it refused a request: the doctor finds what would have matched.'),
    calls.length ? h(Pick, { calls, pick }) : null,
    exchange ? p({ class: 'note' }, 'Filled in is the request as it was sent; put what your app saw in its place.') : null,
    form(
      { class: 'doctor', onSubmit: submit },
      label({ for: 'doctor-url' }, 'URL that the app validated'),
      input({ id: 'doctor-url', value: asked.url, required: true, placeholder: 'https://example.com/voice', onInput: set('url') }),
      label({ for: 'doctor-body' }, 'Body, as it came'),
      textarea({ id: 'doctor-body', rows: 4, value: asked.body, placeholder: 'CallSid=CA…&From=%2B1555…', onInput: set('body') }),
      label({ for: 'doctor-signature' }, 'X-Twilio-Signature'),
      input({ id: 'doctor-signature', value: asked.signature, required: true, onInput: set('signature') }),
      label({ for: 'doctor-token' }, 'Auth token of the app, if it is another'),
      input({ id: 'doctor-token', value: asked.token, autocomplete: 'off', onInput: set('token') }),
      button({ type: 'submit', class: 'primary' }, 'Examine'),
    ),
    p({ role: 'alert', class: 'error' }, wrong),
    div(
      { role: 'status' },
      found
        ? section(
            {},
            h2({}, found.matches ? 'The signature is right' : found.findings.length ? 'Found' : 'Nothing matches'),
            p({}, found.text),
            found.findings.map((finding) =>
              div(
                { class: 'finding' },
                p({}, finding.text),
                Object.entries(finding.fixes ?? {}).map(([language, fix]) =>
                  div({}, h2({}, language), pre({ class: 'code', tabIndex: 0, 'aria-label': language }, fix)),
                ),
              ),
            ),
          )
        : '',
    ),
  );
}
