// An app that knows nothing of Ringback: only its environment does (HTTP_PROXY and
// NODE_EXTRA_CA_CERTS).
import assert from 'node:assert/strict';
import twilio from 'twilio';

const client = twilio();
const conversation = await client.conversations.v1.conversations.create({ friendlyName: 'C' });
for (let i = 0; i < 3; i++) {
  await client.conversations.v1.conversations(conversation.sid).messages.create({ body: `${i}` });
}
const messages = await client.conversations.v1
  .conversations(conversation.sid)
  .messages.list({ pageSize: 1 });
assert.deepEqual(messages.map((m) => m.body), ['0', '1', '2']);
assert.ok(messages[0].url.startsWith('https://conversations.twilio.com/v1/'));
assert.equal((await client.incomingPhoneNumbers.list()).length, 1);
await assert.rejects(client.calls('CA' + '0'.repeat(32)).fetch(), { status: 404, code: 20404 });
console.log('unmodified');
