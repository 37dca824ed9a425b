import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './app.mjs';
import { world } from './ringback.mjs';

const CUSTOMER = '+15558675310';
const NUMBER = '+15017122661';
const TOKEN = 'a'.repeat(32);

/** The app, and a world whose number is answered by it. */
async function setUp(t, appToken = TOKEN) {
  const app = await start(appToken);
  t.after(() => app.close());
  const twilio = await world({
    account: { authToken: TOKEN },
    numbers: [{ number: NUMBER, voiceUrl: `http://127.0.0.1:${app.address().port}/voice` }],
    conversations: [{ customer: CUSTOMER, number: NUMBER, worker: 'alice@example.com' }],
  });
  t.after(() => twilio.end());
  return twilio;
}

test('who is not answered leaves a message', async (t) => {
  const twilio = await setUp(t);
  const call = await twilio.call(CUSTOMER, NUMBER, { 'alice@example.com': 'ignores' });
  const action = await call.expect('action', { Result: 'dialed-call-incomplete' });
  assert.equal(action.form.DialCallStatus, 'no-answer');
  assert.deepEqual(action.answer.verbs, ['Say', 'Record']);
  const record = await call.expect('record');
  assert.equal(record.form.RecordingDuration, '5');
  assert.equal(record.answer.status, 200);
  assert.equal((await call.over()).status, 'completed');
});

test('who is answered talks', async (t) => {
  const twilio = await setUp(t);
  const call = await twilio.call(CUSTOMER, NUMBER, { 'alice@example.com': { answers: { after: '4s', talks: '30s' } } });
  const action = await call.expect('action', { Result: 'session-success' });
  assert.equal(action.form.DialCallDuration, '30');
  assert.deepEqual(action.answer.verbs, ['Hangup']);
  await assert.rejects(call.expect('action', { Result: 'internal-error' }), /expected internal-error, was 'session-success'/);
});

test('an app with the wrong token takes nothing', async (t) => {
  const twilio = await setUp(t, 'b'.repeat(32));
  const call = await twilio.call(CUSTOMER, NUMBER);
  assert.equal((await call.expect('voice')).answer.status, 403);
});
