<?php
// A world of Ringback's for a test: the control API, as far as these tests need it.

function send(string $method, string $path, ?array $body = null): mixed
{
    $response = file_get_contents(
        (getenv('RINGBACK_URL') ?: 'http://localhost:4010') . "/sim/v1$path",
        false,
        stream_context_create(['http' => [
            'method' => $method,
            'header' => $body === null ? '' : 'Content-Type: application/json',
            'content' => $body === null ? '' : json_encode($body),
            'ignore_errors' => true,
        ]]),
    );
    $json = json_decode($response, true);
    if (isset($json['error'])) {
        throw new RuntimeException($json['error']['message'] . "\n  " . ($json['error']['hint'] ?? ''));
    }
    return $json;
}

/** An account with a virtual clock of its own; the configuration is as in ringback.yaml. */
final class World
{
    private string $path;

    public function __construct(array $config)
    {
        $world = send('POST', '/worlds', ['config' => ['clock' => ['mode' => 'skipping']] + $config]);
        $this->path = '/worlds/' . $world['accountSid'];
    }

    public function call(string $from, string $to, array $cast = []): Call
    {
        $body = ['from' => $from, 'to' => $to] + ($cast ? ['cast' => $cast] : []);
        return new Call($this->path, send('POST', "$this->path/calls", $body)['callSid']);
    }

    public function end(): void
    {
        send('DELETE', $this->path);
    }
}

final class Call
{
    public function __construct(private string $world, private string $sid)
    {
    }

    /** The request when it has come, or an exception with the one that came nearest. */
    public function expect(string $request, array $form = []): array
    {
        $wanted = ['request' => $request, 'call' => $this->sid, 'within' => '2s'] + ($form ? ['form' => $form] : []);
        return send('POST', "$this->world/await", $wanted);
    }

    public function over(): array
    {
        return send('GET', "$this->world/calls/$this->sid?wait=5s");
    }
}
