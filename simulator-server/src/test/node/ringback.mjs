// How an app leads the official SDK to Ringback: the requests go to its address and say which of
// Twilio's hosts was meant.
import twilio from 'twilio';

export class RingbackClient extends twilio.RequestClient {
  constructor(url) {
    super();
    this.url = new URL(url);
  }

  request(options) {
    const meant = new URL(options.uri);
    const headers = { ...options.headers, Host: meant.host };
    meant.protocol = this.url.protocol;
    meant.host = this.url.host;
    return super.request({ ...options, headers, uri: meant.href });
  }
}

export function client(url = process.env.RINGBACK_URL) {
  return twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN, {
    httpClient: new RingbackClient(url),
  });
}
