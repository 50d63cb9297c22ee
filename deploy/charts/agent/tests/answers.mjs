// Whether the agent answers at its Service with the very certificate that it was given. One that wants a certificate of its
// callers has to refuse a caller without.
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { request } from 'node:https';

const { HOST, PORT, CERTIFICATE, WANTS_CERTIFICATE } = process.env;
const mine = new X509Certificate(readFileSync(CERTIFICATE)).fingerprint256;

function fail(says) {
  console.error(says);
  process.exit(1);
}

// Nothing of what is answered is believed before the certificate is seen to be ours.
const call = request(
  { host: HOST, port: PORT, path: '/livez', rejectUnauthorized: false, timeout: 10_000 },
  (answer) => {
    if (answer.socket.getPeerCertificate(true).fingerprint256 !== mine) fail('It shows another certificate.');
    if (WANTS_CERTIFICATE === 'true') fail('It answers a caller that shows no certificate.');
    let text = '';
    answer.on('data', (part) => {
      text += part;
    });
    answer.on('end', () =>
      answer.statusCode === 200 && text === 'ok'
        ? console.log('The agent answers.')
        : fail(`It answers ${answer.statusCode}.`),
    );
  },
);
call.on('timeout', () => call.destroy(new Error('no answer within ten seconds')));
call.on('error', (error) =>
  WANTS_CERTIFICATE === 'true' && /certificate required/i.test(error.message)
    ? console.log('The agent refuses callers without a certificate.')
    : fail(error.message),
);
call.end();
