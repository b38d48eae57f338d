import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { variablesOf } from '#lib/probes/config.ts'
import { runNamesOf, withRunTexts } from '#lib/probes/run-texts.ts'

const named = (name: string) => `$\{${name}}`
function configOf(text: string) {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.config
}

describe('what a run says of itself', () => {
  const config = configOf(
    `http ${named('BASE_URL')}/${named('RUN_NUMBER')} expect json version == "${named('RUN_VERSION')}", header x-id in ("${named('RUN_COMMIT')}", b), body contains "${named('OTHER')} 1${named('RUN_VERSION')}2"`,
  )

  it('is named by conditions, each once; what is sent does not count, nor does the environment', () => {
    expect(runNamesOf(config)).toEqual(['RUN_VERSION', 'RUN_COMMIT'])
    expect(variablesOf(config)).toEqual(['BASE_URL'])
  })

  it('stands in the texts of conditions and nowhere else', () => {
    const filled = withRunTexts(config, { RUN_VERSION: 'v1', RUN_COMMIT: '8f3c2d1', RUN_NUMBER: '7' })
    const text = JSON.stringify(filled.conditions)
    expect(text).toContain('"v1"')
    expect(text).toContain('8f3c2d1')
    expect(text).toContain(`${named('OTHER')} 1v12`)
    expect(filled).toMatchObject({ kind: 'http', url: `${named('BASE_URL')}/${named('RUN_NUMBER')}` })
    expect(withRunTexts(config, undefined)).toBe(config)
  })

  it('leaves what it does not say as it is written', () => {
    expect(JSON.stringify(withRunTexts(config, {}).conditions)).toContain(named('RUN_VERSION'))
  })

  it('stands for itself in an expression, also inside of a class', () => {
    const asked = configOf(
      `http http://a/ expect body matches "^${named('RUN_VERSION')}$", header x not-matches "[${named('RUN_VERSION')}]"`,
    )
    const { conditions } = withRunTexts(asked, { RUN_VERSION: 'v1.4-rc]' })
    expect(conditions).toMatchObject([{ pattern: '^v1\\.4\\-rc\\]$' }, { pattern: '[v1\\.4\\-rc\\]]' }])
  })
})
