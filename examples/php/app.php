<?php
// The voicemail app of Twilio's page. It checks signatures. Run it with: php -S 127.0.0.1:3000 app.php

const SERVICE = 'IS0123456789abcdef0123456789abcdef';

function twiml(string $path, array $form): ?string
{
    return match ($path) {
        '/voice' => '<Connect action="/after"><Conversation inboundTimeout="20" serviceInstanceSid="' . SERVICE . '"/></Connect>',
        '/after' => ($form['Result'] ?? '') === 'session-success'
            ? '<Hangup/>'
            : '<Say>Please leave a message.</Say><Record action="/thanks"/>',
        '/thanks' => '<Say>Thank you.</Say>',
        default => null,
    };
}

function signed_by_twilio(array $form): bool
{
    $signed = 'http://' . $_SERVER['HTTP_HOST'] . $_SERVER['REQUEST_URI'];
    ksort($form, SORT_STRING);
    foreach ($form as $name => $value) {
        $signed .= $name . $value;
    }
    $right = base64_encode(hash_hmac('sha1', $signed, getenv('TWILIO_AUTH_TOKEN'), true));
    return hash_equals($right, $_SERVER['HTTP_X_TWILIO_SIGNATURE'] ?? '');
}

$verbs = twiml(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), $_POST);
if (!signed_by_twilio($_POST)) {
    http_response_code(403);
    echo 'invalid signature';
} elseif ($verbs === null) {
    http_response_code(404);
} else {
    header('Content-Type: text/xml');
    echo "<Response>$verbs</Response>";
}
