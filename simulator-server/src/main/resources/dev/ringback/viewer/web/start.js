// What one sees before the first call.
import { tags } from 'ringback/tags';

const { code, div, h2, li, ol, p, pre } = tags;

export function Start({ account }) {
  const number = account?.numbers[0]?.number;
  const url = location.origin;
  return div(
    { class: 'start' },
    h2({}, 'No call yet'),
    ol(
      {},
      li(
        {},
        p({}, 'Say where your app answers:'),
        pre({ class: 'code', tabIndex: 0, 'aria-label': 'Command' }, 'ringback serve --voice-url http://localhost:3000/voice'),
        number ? p({ class: 'note' }, code({}, number), ' has a voice URL already.') : null,
      ),
      li(
        {},
        p({}, 'Give your app the account, and let its Twilio library ask here:'),
        pre(
          { class: 'code', tabIndex: 0, 'aria-label': 'Environment' },
          `TWILIO_ACCOUNT_SID=${account?.accountSid ?? ''}\nTWILIO_AUTH_TOKEN=…   # \`ringback serve\` has printed it\nHTTP_PROXY=${url} HTTPS_PROXY=${url}`,
        ),
      ),
      li({}, p({}, 'Place a call with the form above. You are the customer, and the worker.')),
    ),
  );
}
