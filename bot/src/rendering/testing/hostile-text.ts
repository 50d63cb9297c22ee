import * as fc from 'fast-check';

const attacks = [
  '', ' ', '<!channel>', '<!here|here>', '<!everyone>', '<!subteam^S123>', '<!date^0^{date}|now>', '<@U123ABC>', '<#C123ABC|general>', '@channel @here', '<https://evil.example|click here>', 'https://evil.example/?q=1',
  '*bold* _italic_ ~gone~ `code`', '```block```', '> quoted', ':tada: :skull:', '&lt;!channel&gt;', '&amp;lt;', 'a & b', '\u202Edesrever', 'zero\u200Bwidth\u2060joined', '\u0000\u001b[31mred', '\uD800', 'half \uDC00', '😀'.repeat(40),
  'one\ntwo\r\nthree', '\n\n\n', 'x'.repeat(3500), '😀'.repeat(3100), '<!channel>'.repeat(900), 'a "quoted" \\ back', '] ) } [ ( {', '--- *** ___', '1. one\n2. two', '• bullet',
];

/** What a cluster, an alert, a person or a model may send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...attacks) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 300 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...attacks), fc.constantFrom(...attacks)).map((parts) => parts.join('')) },
);
