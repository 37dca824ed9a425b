// A Frontline app as Twilio's documentation shows it: Express, the signature middleware, custom
// routing that answers first and adds the worker afterwards, a look at the child leg.
import express from 'express';
import twilio from 'twilio';
import { client as connect } from './ringback.mjs';

const { TWILIO_AUTH_TOKEN, SERVICE, ROUTING } = process.env;
const client = connect();
const app = express();
const { VoiceResponse } = twilio.twiml;

app.use(express.urlencoded({ extended: true }));
app.use(twilio.webhook(TWILIO_AUTH_TOKEN, { protocol: 'http' }));

const say = (...words) => console.log(...words);
const twiml = (response, document) => response.type('text/xml').send(document.toString());

function session(response) {
  const document = new VoiceResponse();
  document.connect({ action: '/action' }).conversation({
    serviceInstanceSid: SERVICE,
    statusCallback: '/session-status',
    statusCallbackEvent: 'call-answered call-completed',
  });
  twiml(response, document);
}

app.post('/voice', (request, response) => session(response));

app.post('/outgoing', (request, response) => {
  say('outgoing', request.body.From, request.body.ConversationSid.slice(0, 2), request.body.ApplicationSid.slice(0, 2));
  session(response);
});

app.post('/action', async (request, response) => {
  await Promise.all(slow.splice(0).map(addWorker));
  const document = new VoiceResponse();
  if (request.body.Result !== 'session-success') {
    document.say('Nobody is here.');
  }
  document.hangup();
  twiml(response, document);
});

// Custom routing: 200 first, the worker afterwards.
app.post('/routing', async (request, response) => {
  if (ROUTING === 'awaited') {
    // Webhooks are asked for, and the pre-webhook is this app again.
    const conversation = client.conversations.v1.conversations(request.body.ConversationSid);
    await conversation.participants.create({
      identity: 'alice@example.com',
      xTwilioWebhookEnabled: 'true',
    });
    say('routed while Twilio waits');
    response.sendStatus(200);
    return;
  }
  response.sendStatus(200);
  if (ROUTING === 'slow') {
    slow.push(request.body.ConversationSid); // it is not before the caller has given up
  } else {
    setTimeout(() => addWorker(request.body.ConversationSid), 30);
  }
});

const slow = [];

async function addWorker(conversation) {
  try {
    const worker = await client.conversations.v1
      .conversations(conversation)
      .participants.create({ identity: 'alice@example.com' });
    say('routed', worker.identity, worker.messagingBinding);
  } catch (e) {
    say('not routed', e.code, e.message);
  }
}

// Some callers are not wanted; the others' conversations get a name.
app.post('/pre', (request, response) => {
  if (request.body.EventType === 'onConversationAdd') {
    const caller = request.body['MessagingBinding.Address'];
    if (caller === '+15558675399') {
      response.sendStatus(403);
      return;
    }
    response.json({ friendly_name: `Call from ${caller}` });
    return;
  }
  response.sendStatus(200);
});

app.post('/post', async (request, response) => {
  if (request.body.EventType === 'onConversationAdded') {
    say('named', request.body.FriendlyName);
  }
  if (request.body.EventType === 'onConversationUpdated') {
    const [event] = JSON.parse(request.body.Attributes)['frontline.events'];
    say('logged', event.type, event.duration, event.inbound);
  }
  response.sendStatus(200);
});

app.post('/session-status', (request, response) => response.sendStatus(204));

// The status callback of the number: which leg was dialled, and how did it end?
app.post('/status', async (request, response) => {
  const legs = await client.calls.list({ parentCallSid: request.body.CallSid });
  legs.forEach((leg) => say('child', leg.direction, leg.from, leg.to, leg.status, leg.duration));
  response.sendStatus(204);
});

const server = app.listen(0, '127.0.0.1', () => say(`listening ${server.address().port}`));
process.stdin.resume().on('end', () => process.exit(0));
