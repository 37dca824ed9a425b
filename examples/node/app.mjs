// The voicemail app of Twilio's page, with nothing but Node. It checks signatures.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const SERVICE = 'IS0123456789abcdef0123456789abcdef';

function twiml(path, form) {
  switch (path) {
    case '/voice':
      return `<Connect action="/after"><Conversation serviceInstanceSid="${SERVICE}" inboundTimeout="20"/></Connect>`;
    case '/after':
      return form.get('Result') === 'session-success'
        ? '<Hangup/>'
        : '<Say>Nobody can talk to you now. Please leave a message.</Say><Record action="/thanks"/>';
    case '/thanks':
      return '<Say>Thank you.</Say>';
  }
}

function signedByTwilio(request, form, authToken) {
  const names = [...form.keys()].sort();
  const signed = `http://${request.headers.host}${request.url}` + names.map((name) => name + form.get(name)).join('');
  const right = createHmac('sha1', authToken).update(signed, 'utf8').digest();
  const sent = Buffer.from(request.headers['x-twilio-signature'] ?? '', 'base64');
  return sent.length === right.length && timingSafeEqual(sent, right);
}

/** Starts the app on a free port, or on that one. */
export function start(authToken, port = 0) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const verbs = twiml(new URL(request.url, 'http://app').pathname, form);
    if (!signedByTwilio(request, form, authToken)) {
      response.writeHead(403).end('invalid signature');
    } else if (verbs === undefined) {
      response.writeHead(404).end();
    } else {
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(`<Response>${verbs}</Response>`);
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
