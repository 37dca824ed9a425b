"""The voicemail app of Twilio's page, with the standard library. It checks signatures."""

import base64
import hashlib
import hmac
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

SERVICE = "IS0123456789abcdef0123456789abcdef"


def twiml(path, form):
    if path == "/voice":
        return (
            '<Connect action="/after"><Conversation inboundTimeout="20" '
            f'serviceInstanceSid="{SERVICE}"/></Connect>'
        )
    if path == "/after":
        if form.get("Result") == "session-success":
            return "<Hangup/>"
        return '<Say>Please leave a message.</Say><Record action="/thanks"/>'
    if path == "/thanks":
        return "<Say>Thank you.</Say>"
    return None


def start(auth_token, port=0):
    """Starts the app on a free port, or on that one."""

    class Webhooks(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body, keep_blank_values=True))
            verbs = twiml(self.path, form)
            if not self.signed_by_twilio(form):
                self.answer(403, "text/plain", "invalid signature")
            elif verbs is None:
                self.answer(404, "text/plain", "no such page")
            else:
                self.answer(200, "text/xml", f"<Response>{verbs}</Response>")

        def signed_by_twilio(self, form):
            signed = f"http://{self.headers['Host']}{self.path}"
            signed += "".join(name + form[name] for name in sorted(form))
            right = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
            sent = self.headers.get("X-Twilio-Signature", "")
            return hmac.compare_digest(base64.b64encode(right).decode(), sent)

        def answer(self, status, content_type, text):
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Webhooks)
