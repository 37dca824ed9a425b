<?php
// Tests without a framework: each prints its name, and the first that fails ends them with 1.
require __DIR__ . '/ringback.php';

const CUSTOMER = '+15558675310';
const NUMBER = '+15017122661';
define('TOKEN', str_repeat('a', 32));

/** Runs a test with the app, and with a world whose number is answered by it. */
function test(string $name, string $appToken, callable $test): void
{
    $socket = stream_socket_server('tcp://127.0.0.1:0');
    $address = stream_socket_get_name($socket, false);
    fclose($socket);
    $app = proc_open(
        [PHP_BINARY, '-S', $address, __DIR__ . '/app.php'],
        [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']],
        $pipes,
        null,
        ['TWILIO_AUTH_TOKEN' => $appToken],
    );
    $world = null;
    try {
        while (!@stream_socket_client("tcp://$address")) {
            if (!proc_get_status($app)['running']) {
                throw new RuntimeException('the app does not start');
            }
        }
        $world = new World([
            'account' => ['authToken' => TOKEN],
            'numbers' => [['number' => NUMBER, 'voiceUrl' => "http://$address/voice"]],
            'conversations' => [['customer' => CUSTOMER, 'number' => NUMBER, 'worker' => 'alice@example.com']],
        ]);
        $test($world);
        echo "ok   $name\n";
    } catch (Throwable $wrong) {
        echo "FAIL $name: {$wrong->getMessage()}\n";
        exit(1);
    } finally {
        $world?->end();
        proc_terminate($app);
    }
}

function same(mixed $expected, mixed $actual): void
{
    if ($expected !== $actual) {
        throw new RuntimeException('expected ' . json_encode($expected) . ', was ' . json_encode($actual));
    }
}

test('who is not answered leaves a message', TOKEN, function (World $world) {
    $call = $world->call(CUSTOMER, NUMBER, ['alice@example.com' => 'ignores']);
    $action = $call->expect('action', ['Result' => 'dialed-call-incomplete']);
    same('no-answer', $action['form']['DialCallStatus']);
    same(['Say', 'Record'], $action['answer']['verbs']);
    $record = $call->expect('record');
    same('5', $record['form']['RecordingDuration']);
    same(200, $record['answer']['status']);
    same('completed', $call->over()['status']);
});

test('who is answered talks', TOKEN, function (World $world) {
    $call = $world->call(CUSTOMER, NUMBER, ['alice@example.com' => ['answers' => ['after' => '4s', 'talks' => '30s']]]);
    $action = $call->expect('action', ['Result' => 'session-success']);
    same('30', $action['form']['DialCallDuration']);
    same(['Hangup'], $action['answer']['verbs']);
});

test('an app with the wrong token takes nothing', str_repeat('b', 32), function (World $world) {
    same(403, $world->call(CUSTOMER, NUMBER)->expect('voice')['answer']['status']);
});
