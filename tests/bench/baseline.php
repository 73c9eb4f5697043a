<?php
// The same form as it is usually taken: validate, insert a row, answer.  Durable like ours.
$field = fn($name, $pattern) => is_string($_POST[$name] ?? null) && preg_match($pattern, $_POST[$name]);
if ($_SERVER['REQUEST_METHOD'] !== 'POST' || ($_SERVER['HTTP_ORIGIN'] ?? '') !== getenv('ORIGIN')
    || array_diff_key($_POST, array_flip(['document', 'revision', 'digest', 'choice_notices']))
    || !$field('document', '/\A[a-z-]{1,64}\z/') || !$field('revision', '/\A\d{4}-\d\d-\d\d\z/')
    || !$field('digest', '/\A[0-9a-f]{64}\z/') || !$field('choice_notices', '/\A(given|refused)\z/')) {
    http_response_code(400);
    exit;
}
$db = new PDO('sqlite:' . getenv('DATABASE'), null, null, [PDO::ATTR_PERSISTENT => true, PDO::ATTR_TIMEOUT => 10]);
$db->exec('PRAGMA synchronous = FULL'); // the journal is a WAL since the file was made
$visitor = bin2hex(random_bytes(16));
$db->prepare('INSERT INTO choice (visitor, document, revision, digest, answer, time) VALUES (?, ?, ?, ?, ?, ?)')
    ->execute([$visitor, $_POST['document'], $_POST['revision'], $_POST['digest'], $_POST['choice_notices'], time()]);
setcookie('visitor', $visitor, ['path' => '/', 'httponly' => true, 'samesite' => 'Lax']);
header('Location: /en/choices/?done=saved', true, 303);
