import type { JudgeCases } from './case.ts'

export const tcpCases: JudgeCases = {
  head: 'tcp a.example:25',
  refused: 'fail',
  seen: {
    address: 'tcp://a.example:25',
    tls: null,
    open: true,
    steps: [
      { step: 'read "^220 "', done: true, seen: '220 a.example' },
      { step: 'say "QUIT"', done: true, seen: null },
    ],
  },
  rows: [
    [
      'read "^220 " say "QUIT" expect open, time < 1s',
      {},
      'true: 2 of 2 steps, “220 a.example” (script)',
      'true: connected (open)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'read "^220 " expect open, warn script',
      { steps: [{ step: 'read "^220 "', done: false, seen: '554 go away' }] },
      'false: read "^220 ": came “554 go away” (script)',
      'true: connected (open)',
      'warn false: read "^220 ": came “554 go away” (script)',
    ],
    [
      'expect time < 1s, warn open',
      { open: false },
      'false: not connected (open)',
      'true: 12.5 ms (< 1s)',
      'warn false: not connected (open)',
    ],
    ['expect open', {}, 'true: connected (open)'],
    ['expect open', { open: false }, 'false: not connected (open)'],
    [
      'expect open, time < 12.6ms',
      { open: null },
      'unknown: not connected (open)',
      'true: 12.5 ms (< 12.6ms)',
    ],
    ['expect open, warn time < 12.5ms', {}, 'true: connected (open)', 'warn false: 12.5 ms (< 12.5ms)'],
    ['expect time < 1s', { phases: { total: null } }, 'true: connected (open)', 'unknown: no time (< 1s)'],
    ['read "^220 " say "QUIT" expect script', {}, 'true: 2 of 2 steps, “220 a.example” (script)'],
    [
      'read "^220 " say "QUIT" read "^221 " expect script',
      {},
      'unknown: 2 of 3 steps, “220 a.example” (script)',
    ],
    [
      'read "^220 " say "QUIT" expect open, script',
      { steps: [] },
      'true: connected (open)',
      'unknown: 0 of 2 steps (script)',
    ],
    [
      'say "a" say "QUIT" expect script',
      {
        steps: [
          { step: 'say "a"', done: true, seen: null },
          { step: 'say "QUIT"', done: true, seen: null },
        ],
      },
      'true: 2 of 2 steps (script)',
    ],
    [
      'read "a" read "b" expect script',
      {
        steps: [
          { step: 'read "a"', done: true, seen: 'first' },
          { step: 'read "b"', done: true, seen: 'second' },
        ],
      },
      'true: 2 of 2 steps, “second” (script)',
    ],
    [
      'read "^220 " say "QUIT" expect script',
      { steps: [{ step: 'read "^220 "', done: false, seen: '554 go away' }] },
      'false: read "^220 ": came “554 go away” (script)',
    ],
    [
      'read "^220 " say "QUIT" expect script, time < 1s',
      { steps: [{ step: 'read "^220 "', done: false, seen: null }] },
      'false: read "^220 ": nothing came (script)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'read "^220 " read "^250 " expect script',
      {
        steps: [
          { step: 'read "^220 "', done: true, seen: '220 a' },
          { step: 'read "^250 "', done: false, seen: '500 b' },
        ],
      },
      'false: read "^250 ": came “500 b” (script)',
    ],
    [
      'read "^220 " say "QUIT" expect script',
      { steps: [{ step: 'read "^220 "', done: null, seen: 'yyy' }] },
      'unknown: read "^220 ": came “yyy” and more than is read (script)',
    ],
    [
      'say "QUIT" expect script',
      { steps: [{ step: 'say "QUIT"', done: true, seen: null }] },
      'true: 1 of 1 step (script)',
    ],
  ],
}
