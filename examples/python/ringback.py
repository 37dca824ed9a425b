"""A world of Ringback's for a test: the control API, as far as these tests need it."""

import json
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

URL = os.environ.get("RINGBACK_URL", "http://localhost:4010")


def send(method, path, body=None):
    request = Request(f"{URL}/sim/v1{path}", method=method)
    data = None
    if body is not None:
        request.add_header("Content-Type", "application/json")
        data = json.dumps(body).encode()
    try:
        with urlopen(request, data) as response:
            text = response.read().decode()
            return json.loads(text) if text else None
    except HTTPError as refused:
        error = json.loads(refused.read())["error"]
        raise AssertionError(f"{error['message']}\n  {error.get('hint', '')}") from None


class World:
    """An account with a virtual clock of its own; config is as in ringback.yaml."""

    def __init__(self, **config):
        world = send("POST", "/worlds", {"config": {"clock": {"mode": "skipping"}, **config}})
        self.path = f"/worlds/{world['accountSid']}"

    def call(self, customer, number, **cast):
        placed = send("POST", f"{self.path}/calls", {"from": customer, "to": number, **cast})
        return Call(self.path, placed["callSid"])

    def end(self):
        send("DELETE", self.path)


class Call:
    def __init__(self, world, sid):
        self.world, self.sid = world, sid

    def expect(self, request, **form):
        """The request when it has come, or an AssertionError with the one that came nearest."""
        wanted = {"request": request, "form": form, "call": self.sid, "within": "2s"}
        return send("POST", f"{self.world}/await", wanted)

    def over(self):
        return send("GET", f"{self.world}/calls/{self.sid}?wait=5s")
