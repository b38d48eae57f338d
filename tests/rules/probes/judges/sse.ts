import type { JudgeCases } from './case.ts'

const STREAM = { name: 'content-type', value: 'text/event-stream' }

export const sseCases: JudgeCases = {
  head: 'sse https://a.example/events',
  refused: 'fail',
  seen: {
    request: null,
    tls: null,
    response: { status: 200, httpVersion: '1.1', headers: [STREAM], headerNames: ['content-type'] },
    stream: {
      first: '40.5',
      listened: '900',
      end: 'enough',
      count: 2,
      events: [{ name: 'tick', data: 'one' }],
      finds: [
        { on: 'event', text: 'tick', found: true },
        { on: 'data', text: 'tick', found: false },
        { on: 'data', text: 'one', found: true },
        { on: 'event', text: 'end', found: false },
      ],
    },
  },
  rows: [
    ['expect open', {}, 'true: status 200, text/event-stream (open)'],
    [
      'expect first-event < 40.6ms, warn open',
      {},
      'true: status 200, text/event-stream (an event stream)',
      'true: first event after 40.5 ms (< 40.6ms)',
      'warn true: status 200, text/event-stream (open)',
    ],
    [
      'expect first-event < 40.5ms',
      {},
      'true: status 200, text/event-stream (an event stream)',
      'false: first event after 40.5 ms (< 40.5ms)',
    ],
    [
      'expect open',
      { response: { headers: [{ name: 'x-a', value: 'b' }] } },
      'true: status 200, no content-type (open)',
    ],
    [
      'expect open',
      { response: { status: 404, headers: [] }, stream: null },
      'false: status 404, no content-type (open)',
    ],
    [
      'expect first-event < 1s, event "tick", data "one"',
      { response: { headers: [{ name: 'content-type', value: 'text/html' }] }, stream: null },
      'false: status 200, text/html (an event stream)',
      'unknown: no event stream (< 1s)',
      'unknown: no event stream (event tick)',
      'unknown: no event stream (data one)',
    ],
    [
      'expect event "tick"',
      { response: null, stream: null },
      'unknown: no response (an event stream)',
      'unknown: no event stream (event tick)',
    ],
    [
      'expect first-event < 900ms',
      { stream: { first: null } },
      'true: status 200, text/event-stream (an event stream)',
      'false: no event in 900 ms (< 900ms)',
    ],
    [
      'expect first-event < 901ms',
      { stream: { first: null } },
      'true: status 200, text/event-stream (an event stream)',
      'unknown: no event in 900 ms (< 901ms)',
    ],
    [
      'expect first-event <= 900ms',
      { stream: { first: null } },
      'true: status 200, text/event-stream (an event stream)',
      'false: no event in 900 ms (≤ 900ms)',
    ],
    [
      'expect first-event <= 901ms',
      { stream: { first: null } },
      'true: status 200, text/event-stream (an event stream)',
      'unknown: no event in 900 ms (≤ 901ms)',
    ],
    [
      'expect first-event < 2s',
      { stream: { first: null, listened: '2000.1' } },
      'true: status 200, text/event-stream (an event stream)',
      'false: no event in 2000.1 ms (< 2s)',
    ],
    [
      'expect first-event > 800ms',
      { stream: { first: null } },
      'true: status 200, text/event-stream (an event stream)',
      'unknown: no event in 900 ms (> 800ms)',
    ],
    [
      'expect first-event != 800ms',
      { stream: { first: null } },
      'true: status 200, text/event-stream (an event stream)',
      'unknown: no event in 900 ms (≠ 800ms)',
    ],
    [
      'expect event "tick", data "tick"',
      {},
      'true: status 200, text/event-stream (an event stream)',
      'true: event "tick" came (event tick)',
      'false: data "tick" did not come in 900 ms (data tick)',
    ],
    [
      'expect data "one", event "end"',
      {},
      'true: status 200, text/event-stream (an event stream)',
      'true: data "one" came (data one)',
      'false: event "end" did not come in 900 ms (event end)',
    ],
    [
      'expect data "one", event "end"',
      { stream: { end: 'limit' } },
      'true: status 200, text/event-stream (an event stream)',
      'true: data "one" came (data one)',
      'unknown: event "end" did not come in 900 ms (event end)',
    ],
    [
      'expect data "one", event "end"',
      { stream: { end: 'closed' } },
      'true: status 200, text/event-stream (an event stream)',
      'true: data "one" came (data one)',
      'false: event "end" did not come in 900 ms (event end)',
    ],
    [
      'expect data "never"',
      {},
      'true: status 200, text/event-stream (an event stream)',
      'unknown: data never not looked for (data never)',
    ],
    [
      'expect data "123456789 123456789 123456789 123456789 123456789 123456789 123"',
      {
        stream: {
          finds: [
            {
              on: 'data',
              text: '123456789 123456789 123456789 123456789 123456789 123456789 123',
              found: true,
            },
          ],
        },
      },
      'true: status 200, text/event-stream (an event stream)',
      'true: data "123456789 123456789 123456789 123456789 123456789 123456789 " came (data "123456789 123456789 123456789 123456789 123456789 123456789 123")',
    ],
  ],
}
