import threading
import unittest

import app
from ringback import World

CUSTOMER, NUMBER, TOKEN = "+15558675310", "+15017122661", "a" * 32


class VoicemailTest(unittest.TestCase):
    def set_up(self, app_token=TOKEN):
        """The app, and a world whose number is answered by it."""
        server = app.start(app_token)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        voice = f"http://127.0.0.1:{server.server_address[1]}/voice"
        world = World(
            account={"authToken": TOKEN},
            numbers=[{"number": NUMBER, "voiceUrl": voice}],
            conversations=[{"customer": CUSTOMER, "number": NUMBER, "worker": "alice@example.com"}],
        )
        self.addCleanup(world.end)
        return world

    def test_who_is_not_answered_leaves_a_message(self):
        call = self.set_up().call(CUSTOMER, NUMBER, cast={"alice@example.com": "ignores"})
        action = call.expect("action", Result="dialed-call-incomplete")
        self.assertEqual(action["form"]["DialCallStatus"], "no-answer")
        self.assertEqual(action["answer"]["verbs"], ["Say", "Record"])
        record = call.expect("record")
        self.assertEqual(record["form"]["RecordingDuration"], "5")
        self.assertEqual(record["answer"]["status"], 200)
        self.assertEqual(call.over()["status"], "completed")

    def test_who_is_answered_talks(self):
        answers = {"answers": {"after": "4s", "talks": "30s"}}
        call = self.set_up().call(CUSTOMER, NUMBER, cast={"alice@example.com": answers})
        action = call.expect("action", Result="session-success")
        self.assertEqual(action["form"]["DialCallDuration"], "30")
        self.assertEqual(action["answer"]["verbs"], ["Hangup"])
        with self.assertRaisesRegex(AssertionError, "expected internal-error, was 'session-success'"):
            call.expect("action", Result="internal-error")

    def test_an_app_with_the_wrong_token_takes_nothing(self):
        call = self.set_up("b" * 32).call(CUSTOMER, NUMBER)
        self.assertEqual(call.expect("voice")["answer"]["status"], 403)


if __name__ == "__main__":
    unittest.main()
