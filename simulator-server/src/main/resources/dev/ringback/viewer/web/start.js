// What one sees before the first call: three steps, with this server's own values.
import { useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { tags } from 'ringback/tags';

const { button, code, details, div, h1, li, ol, p, pre, span, summary } = tags;

const block = (name, text) => pre({ class: 'code', tabIndex: 0, 'aria-label': name }, text);

/** By language: how its Twilio library comes here. */
const snippets = (account, url) => ({
  Node: `const client = require('twilio')(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);\napp.post('/voice', twilio.webhook(), voice); // the signatures are right`,
  Java: `Twilio.init(System.getenv("TWILIO_ACCOUNT_SID"), System.getenv("TWILIO_AUTH_TOKEN"));\nnew RequestValidator(System.getenv("TWILIO_AUTH_TOKEN")).validate(url, parameters, signature); // true`,
  Python: `client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])\nRequestValidator(os.environ["TWILIO_AUTH_TOKEN"]).validate(url, request.form, signature)  # True`,
  PHP: `$client = new Twilio\\Rest\\Client(getenv('TWILIO_ACCOUNT_SID'), getenv('TWILIO_AUTH_TOKEN'));\n(new Twilio\\Security\\RequestValidator(getenv('TWILIO_AUTH_TOKEN')))->validate($signature, $url, $_POST); // true`,
  Anything: `curl -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" ${url}/2010-04-01/Accounts/${account}/Calls.json`,
});

export function Start({ account, calls, placed }) {
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const url = location.origin;
  const sid = account?.accountSid ?? 'AC…';
  const ready = account?.numbers.find((one) => one.endpoints.voice_url);
  const sample = async () => {
    setBusy(true);
    setWrong('');
    try {
      const { number } = await api('POST', '/sample-app');
      const cast = { '*': 'by-hand' };
      const answer = await api('POST', '/calls', { from: '+15558675310', to: number, cast, caller: { speaks: '0s', then: 'stays' } });
      placed(answer.callSid);
    } catch (refused) {
      setWrong(refused.message);
    } finally {
      setBusy(false);
    }
  };
  if (calls) return div({ class: 'start' }, h1({}, 'Calls'), p({ class: 'note' }, 'Choose a call, or place one.'));
  return div(
    { class: 'start' },
    h1({}, 'No call yet'),
    div(
      { class: 'buttons' },
      span({}, 'No app yet?'),
      button({ type: 'button', disabled: busy, onClick: sample }, busy ? 'Starting…' : 'Start the sample app and call it'),
    ),
    p({ role: 'alert', class: 'error' }, wrong),
    ol(
      {},
      li(
        {},
        p({}, 'Say where your app answers: set a number under Account, or start again with'),
        block('Command', `ringback serve --port ${location.port || 80} --voice-url http://localhost:3000/voice`),
        account?.voiceUrl ? p({ class: 'note' }, 'Every number rings ', code({}, account.voiceUrl), ' already.') : null,
        ready ? p({ class: 'note' }, code({}, ready.number), ' rings ', code({}, ready.endpoints.voice_url), ' already.') : null,
      ),
      li(
        {},
        p({}, 'Give your app the account, and let its Twilio library ask here:'),
        block('Environment', `TWILIO_ACCOUNT_SID=${sid}\nTWILIO_AUTH_TOKEN=${account?.authToken ?? '…   # the one that you gave Ringback'}\nHTTP_PROXY=${url} HTTPS_PROXY=${url}\n# and so that your language trusts https://api.twilio.com here:\nNODE_EXTRA_CA_CERTS=$(ringback ca --path)   # Node\nREQUESTS_CA_BUNDLE=$(ringback ca --path)    # Python\nphp -d openssl.cafile=$(ringback ca --path) # PHP\nJAVA_TOOL_OPTIONS="-Dhttps.proxyHost=${location.hostname} -Dhttps.proxyPort=${location.port || 80} -Djavax.net.ssl.trustStore=$(ringback ca --truststore) -Djavax.net.ssl.trustStorePassword=changeit"`),
        Object.entries(snippets(sid, url)).map(([language, text]) => details({}, summary({}, language), block(language, text))),
      ),
      li({}, p({}, `Place a call with the form: dial ${ready?.number ?? (account?.voiceUrl ? 'any number' : 'a number of yours')}. You are the customer, and the worker.`)),
    ),
  );
}
