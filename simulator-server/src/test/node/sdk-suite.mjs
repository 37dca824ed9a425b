// Twilio's own Node SDK creates, fetches, updates, lists, pages and deletes, and reads an error of
// each resource. The JUnit test that starts this holds every answer against its table of fields.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client as connect } from './ringback.mjs';

const client = connect();
const { CONTROL_URL, APP_URL } = process.env;
const CUSTOMER = '+15558675310';
const NUMBER = '+15017122661';
const NOWHERE = '0'.repeat(32);

async function later(seconds) {
  const answer = await fetch(`${CONTROL_URL}/sim/v1/clock/advance`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ by: `${seconds}s` }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

async function refused(status, code, promise) {
  const error = await promise.then(
    () => assert.fail(`not refused with ${code}`),
    (e) => e,
  );
  assert.deepEqual([error.status, error.code], [status, code], error.message);
  assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
}

async function all(list, options = {}) {
  const seen = [];
  for (const item of await list.list({ pageSize: 2, ...options })) seen.push(item);
  assert.equal(new Set(seen.map((i) => i.sid ?? i.callSid ?? i.participantSid)).size, seen.length);
  return seen;
}

test('accounts', async () => {
  const account = await client.api.v2010.accounts(client.accountSid).fetch();
  assert.equal(account.status, 'active');
  await refused(404, 20404, client.api.v2010.accounts(`AC${NOWHERE}`).fetch());
});

test('calls', async () => {
  const make = () =>
    client.calls.create({ to: CUSTOMER, from: NUMBER, url: `${APP_URL}/hello`, timeout: 20 });
  const call = await make();
  assert.equal(call.status, 'queued');
  assert.equal(call.toFormatted, '(555) 867-5310');
  await later(10);
  assert.equal((await client.calls(call.sid).fetch()).status, 'in-progress');
  await client.calls(call.sid).update({ twiml: '<Response><Pause length="3"/></Response>' });
  await later(5);
  const ended = await client.calls(call.sid).fetch();
  assert.equal(ended.status, 'completed');
  assert.ok(ended.startTime instanceof Date);
  await refused(400, 21220, client.calls(call.sid).update({ status: 'completed' }));
  for (let i = 0; i < 3; i++) await make();
  assert.equal((await all(client.calls)).length, 4);
  assert.equal((await all(client.calls, { status: 'completed' })).length, 1);
  const page = await client.calls.page({ pageSize: 3 });
  assert.equal(page.instances.length, 3);
  assert.equal((await page.nextPage()).instances.length, 1);
  assert.equal(await client.calls(call.sid).remove(), true);
  await refused(404, 20404, client.calls(call.sid).fetch());
  await refused(400, 21213, client.calls.create({ to: CUSTOMER, from: '', url: APP_URL }));
});

test('recordings', async () => {
  const call = await client.calls.create({ to: CUSTOMER, from: NUMBER, url: `${APP_URL}/hello` });
  await later(5);
  const recording = await client.calls(call.sid).recordings.create({ recordingTrack: 'both' });
  await later(5);
  const current = client.calls(call.sid).recordings('Twilio.CURRENT');
  assert.equal((await current.update({ status: 'paused' })).status, 'paused');
  await later(2);
  assert.equal((await current.update({ status: 'in-progress' })).status, 'in-progress');
  await later(2);
  assert.equal((await current.update({ status: 'stopped' })).sid, recording.sid);
  await later(5);
  assert.equal((await client.recordings(recording.sid).fetch()).duration, '9');
  assert.equal((await all(client.recordings, { callSid: call.sid })).length, 1);
  assert.equal((await all(client.calls(call.sid).recordings)).length, 1);
  assert.equal((await client.calls(call.sid).recordings(recording.sid).fetch()).track, 'both');
  await refused(400, 21220, client.calls(call.sid).recordings(recording.sid).update({ status: 'paused' }));
  assert.equal(await client.recordings(recording.sid).remove(), true);
  await refused(404, 20404, client.recordings(recording.sid).fetch());
});

test('numbers, applications, keys', async () => {
  const number = await client.incomingPhoneNumbers.create({ phoneNumber: '+15005550123' });
  assert.equal(number.capabilities.voice, true);
  const changed = await client.incomingPhoneNumbers(number.sid).update({ friendlyName: 'N' });
  assert.equal(changed.friendlyName, 'N');
  assert.equal((await client.incomingPhoneNumbers(number.sid).fetch()).sid, number.sid);
  assert.equal((await all(client.incomingPhoneNumbers)).length, 2);
  await refused(400, 21421, client.incomingPhoneNumbers.create({ phoneNumber: 'x' }));
  assert.equal(await client.incomingPhoneNumbers(number.sid).remove(), true);

  const app = await client.applications.create({ friendlyName: 'A', voiceUrl: APP_URL });
  assert.equal((await client.applications(app.sid).fetch()).voiceUrl, APP_URL);
  assert.equal((await client.applications(app.sid).update({ friendlyName: 'B' })).friendlyName, 'B');
  assert.equal((await all(client.applications)).length, 2);
  await refused(400, 21403, client.applications.create({ voiceMethod: 'SMILE' }));
  assert.equal(await client.applications(app.sid).remove(), true);

  const key = await client.newKeys.create({ friendlyName: 'K' });
  assert.match(key.secret, /^[0-9a-f]{32}$/);
  assert.equal((await client.keys(key.sid).fetch()).friendlyName, 'K');
  assert.equal((await client.keys(key.sid).update({ friendlyName: 'L' })).friendlyName, 'L');
  assert.equal((await all(client.keys)).length, 1);
  assert.equal(await client.keys(key.sid).remove(), true);
  await refused(404, 20404, client.keys(key.sid).fetch());
});

test('queues and conferences', async () => {
  const inQueue = await client.calls.create({ to: CUSTOMER, from: NUMBER, url: `${APP_URL}/queue` });
  const inRoom = await client.calls.create({ to: CUSTOMER, from: NUMBER, url: `${APP_URL}/room` });
  await later(10);
  const queue = (await all(client.queues)).find((q) => q.friendlyName === 'support');
  assert.equal((await all(client.queues(queue.sid).members)).length, 1);
  assert.equal((await client.queues(queue.sid).members('Front').fetch()).callSid, inQueue.sid);
  await client.queues(queue.sid).members(inQueue.sid).update({ url: `${APP_URL}/hello` });
  assert.equal((await client.queues(queue.sid).fetch()).currentSize, 0);
  assert.equal((await client.queues(queue.sid).update({ maxSize: 9 })).maxSize, 9);
  assert.equal(await client.queues(queue.sid).remove(), true);
  const made = await client.queues.create({ friendlyName: 'mine' });
  await refused(400, 20001, client.queues.create({ friendlyName: 'mine' }));
  await client.queues(made.sid).remove();

  const room = (await all(client.conferences, { status: 'init' }))[0];
  assert.equal((await all(client.conferences(room.sid).participants)).length, 1);
  const participant = client.conferences(room.sid).participants(inRoom.sid);
  assert.equal((await participant.fetch()).status, 'connected');
  await refused(400, 20001, participant.update({ muted: true }));
  assert.equal(await participant.remove(), true);
  assert.equal((await client.conferences(room.sid).fetch()).status, 'completed');
  assert.equal(
    (await client.conferences(room.sid).fetch()).reasonConferenceEnded,
    'last-participant-kicked',
  );
});

test('messages', async () => {
  const message = await client.messages.create({ to: CUSTOMER, from: NUMBER, body: 'Hello' });
  assert.equal(message.status, 'queued');
  for (let i = 0; i < 2; i++) await client.messages.create({ to: CUSTOMER, from: NUMBER, body: 'x' });
  assert.equal((await client.messages(message.sid).fetch()).body, 'Hello');
  assert.equal((await all(client.messages, { to: CUSTOMER })).length, 3);
  assert.equal((await client.messages(message.sid).update({ body: '' })).body, '');
  await refused(400, 21606, client.messages.create({ to: CUSTOMER, from: '+19998887777', body: 'x' }));
  assert.equal(await client.messages(message.sid).remove(), true);
  await refused(404, 20404, client.messages(message.sid).fetch());
});

test('notifications and alerts', async () => {
  await client.calls.create({ to: CUSTOMER, from: NUMBER, url: `${APP_URL}/broken` });
  await later(5);
  const notification = (await all(client.notifications, { log: 0 }))[0];
  assert.equal(notification.errorCode, '12100');
  assert.equal((await client.notifications(notification.sid).fetch()).log, '0');
  assert.ok((await all(client.calls(notification.callSid).notifications)).length > 0);
  const alert = (await all(client.monitor.v1.alerts, { logLevel: 'error' }))[0];
  assert.equal((await client.monitor.v1.alerts(alert.sid).fetch()).resourceSid, notification.callSid);
  await refused(404, 20404, client.monitor.v1.alerts(`NO${NOWHERE}`).fetch());
});

test('conversations', async () => {
  const { conversations } = client.conversations.v1;
  const made = await conversations.create({ friendlyName: 'C', uniqueName: 'node-1' });
  const conversation = conversations(made.sid);
  assert.equal((await conversations('node-1').fetch()).sid, made.sid);
  assert.equal((await conversation.update({ attributes: '{"a":1}' })).attributes, '{"a":1}');
  for (let i = 0; i < 2; i++) await conversations.create({});
  assert.equal((await all({ list: (o) => conversations.list(o) })).length, 3);
  await refused(409, 50353, conversations.create({ uniqueName: 'node-1' }));
  await refused(400, 50379, conversations.create({ 'timers.inactive': 'soon' }));

  const customer = await conversation.participants.create({
    'messagingBinding.address': CUSTOMER,
    'messagingBinding.proxyAddress': NUMBER,
  });
  const worker = await conversation.participants.create({ identity: 'alice@example.com' });
  assert.equal(customer.identity, null);
  assert.equal(customer.messagingBinding.proxy_address, NUMBER);
  assert.equal((await conversation.participants(worker.sid).fetch()).identity, 'alice@example.com');
  assert.equal((await conversation.participants(worker.sid).update({ attributes: '[]' })).attributes, '[]');
  assert.equal((await all(conversation.participants)).length, 2);
  await refused(409, 50433, conversation.participants.create({ identity: 'alice@example.com' }));
  await refused(400, 50407, conversation.participants.create({
    'messagingBinding.address': 'nobody',
    'messagingBinding.proxyAddress': NUMBER,
  }));
  const found = await all(client.conversations.v1.participantConversations, { address: CUSTOMER });
  assert.equal(found[0].conversationSid, made.sid);
  assert.equal(await conversation.participants(worker.sid).remove(), true);

  const message = await conversation.messages.create({ author: 'Voicemail', body: 'Hi' });
  await conversation.messages.create({ body: 'second' });
  assert.equal((await conversation.messages(message.sid).fetch()).index, 0);
  assert.equal((await conversation.messages(message.sid).update({ body: 'Ho' })).body, 'Ho');
  assert.equal((await all(conversation.messages, { order: 'desc' }))[0].body, 'second');
  assert.equal(await conversation.messages(message.sid).remove(), true);
  await refused(404, 20404, conversation.messages(message.sid).fetch());

  const webhook = await conversation.webhooks.create({
    target: 'webhook',
    'configuration.url': `${APP_URL}/scoped`,
    'configuration.filters': ['onMessageAdded'],
  });
  assert.equal((await conversation.webhooks(webhook.sid).fetch()).target, 'webhook');
  await conversation.webhooks(webhook.sid).update({ 'configuration.method': 'GET' });
  assert.equal((await conversation.webhooks.list()).length, 1);
  await refused(400, 50369, conversation.webhooks.create({ target: 'webhook' }));
  assert.equal(await conversation.webhooks(webhook.sid).remove(), true);

  await conversation.update({ state: 'closed' });
  await refused(400, 50377, conversation.update({ friendlyName: 'D' }));
  assert.equal(await conversation.remove(), true);
  await refused(404, 20404, conversation.fetch());
});

test('services, users, roles, configuration, addresses, Frontline', async () => {
  const { v1 } = client.conversations;
  const service = await v1.services.create({ friendlyName: 'S' });
  assert.equal((await v1.services(service.sid).fetch()).friendlyName, 'S');
  assert.equal((await all(v1.services)).length, 2);
  const inside = await v1.services(service.sid).conversations.create({});
  await v1.services(service.sid).conversations(inside.sid).participants.create({ identity: 'c' });
  assert.equal((await all(v1.services(service.sid).conversations(inside.sid).participants)).length, 1);
  assert.equal((await v1.services(service.sid).configuration().fetch()).reachabilityEnabled, true);
  await v1.services(service.sid).configuration().update({ reachabilityEnabled: false });
  assert.equal(await v1.services(service.sid).remove(), true);
  await refused(404, 20404, v1.services(service.sid).fetch());

  const user = await v1.users.create({ identity: 'bob@example.com' });
  assert.equal((await v1.users('bob@example.com').fetch()).sid, user.sid);
  assert.equal((await v1.users(user.sid).update({ friendlyName: 'Bob' })).friendlyName, 'Bob');
  assert.ok((await all(v1.users)).length >= 2);
  assert.equal((await client.frontlineApi.v1.users(user.sid).update({ isAvailable: true })).isAvailable, true);
  assert.equal((await client.frontlineApi.v1.users('bob@example.com').fetch()).state, 'active');
  await refused(404, 20404, client.frontlineApi.v1.users('nobody').fetch());
  await refused(409, 50201, v1.users.create({ identity: 'bob@example.com' }));
  assert.equal(await v1.users(user.sid).remove(), true);

  const role = await v1.roles.create({ friendlyName: 'r', type: 'service', permission: ['addParticipant'] });
  assert.deepEqual((await v1.roles(role.sid).fetch()).permissions, ['addParticipant']);
  await v1.roles(role.sid).update({ permission: ['sendMessage', 'leaveConversation'] });
  assert.ok((await all(v1.roles)).length >= 5);
  assert.equal(await v1.roles(role.sid).remove(), true);
  await refused(404, 20404, v1.roles(role.sid).fetch());

  assert.match((await v1.configuration().fetch()).defaultChatServiceSid, /^IS/);
  assert.equal((await v1.configuration().update({ defaultClosedTimer: 'PT20M' })).defaultClosedTimer, 'PT20M');
  await v1.configuration().update({ defaultClosedTimer: '' });
  const hooks = await v1.configuration.webhooks().update({ filters: ['onUserAdded'], method: 'GET' });
  assert.deepEqual(hooks.filters, ['onUserAdded']);
  assert.equal((await v1.configuration.webhooks().fetch()).method, 'GET');

  const address = await v1.addressConfigurations.create({ type: 'sms', address: NUMBER });
  assert.equal((await v1.addressConfigurations(address.sid).fetch()).address, NUMBER);
  assert.equal((await v1.addressConfigurations(address.sid).update({ friendlyName: 'M' })).friendlyName, 'M');
  assert.equal((await all(v1.addressConfigurations)).length, 1);
  await refused(409, 20409, v1.addressConfigurations.create({ type: 'sms', address: NUMBER }));
  assert.equal(await v1.addressConfigurations(address.sid).remove(), true);
});
