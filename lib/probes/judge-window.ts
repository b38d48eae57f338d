import { counted } from '#lib/shared/words.ts'
import type { Window } from './base-probe.ts'
import type { ProbeConfig } from './config.ts'
import { judgeLook } from './judge-look.ts'
import { type Judgement, verdictOf } from './judgement.ts'
import type { WindowObservation } from './observation.ts'
import { windowState } from './window.ts'

/** Judges every look by itself, then the window; the conditions shown are those of the look that decided. */
export function judgeWindow(
  config: ProbeConfig & { window: Window },
  { samples }: Pick<WindowObservation, 'samples'>,
): Judgement {
  const { window } = config
  const looks = samples.map((look) => judgeLook(config, look))
  const outcomes = looks.map(({ outcome }) => outcome)
  const state = windowState(window, { outcomes, allowWarn: config.allowWarn })
  // Where no look could be made at all, or the last one was given up, the window could not be made either.
  const isError = outcomes.every((one) => one === 'error') || samples.at(-1)?.error?.kind === 'lost'
  const outcome = isError ? 'error' : state.outcome === 'more' ? 'inconclusive' : state.outcome
  const isGood = outcome === 'pass' || outcome === 'warn'
  const deciding =
    looks.findLast((look) => (isGood ? look.verdict === 'pass' : look.outcome === outcome)) ?? looks.at(-1)
  const said = [
    `${state.passes} of ${counted({ count: state.looks, one: 'look' })} passed`,
    ...(state.failures > 0 ? [`${state.failures} failed`] : []),
    ...(state.unclear > 0 ? [`${state.unclear} inconclusive`] : []),
  ].join(', ')
  const result = isGood ? 'true' : outcome === 'fail' ? 'false' : 'unknown'
  return {
    outcome,
    verdict: verdictOf(outcome, config),
    conditions: [
      {
        text: `window ${window.need} of ${window.samples}`,
        level: 'expect',
        observed: said,
        wanted: `${window.need} of at most ${window.samples}`,
        result,
      },
      ...(deciding?.conditions ?? []),
    ],
    line: deciding === undefined ? said : `${said} · ${deciding.line}`,
  }
}
