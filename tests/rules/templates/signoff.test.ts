import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#lib/templates/parse.ts'
import { scopeItemKeys } from '#lib/templates/scope.ts'

const roles = (source: string) => parseTemplate(source).roles.map(({ role }) => role)

describe('sign-off tables', () => {
  it.each([
    [
      'English',
      '| Role | Name | Date | Signature |\n|-|-|-|-|\n| Developer | | | |\n| **QA** | | | |\n',
      ['Developer', 'QA'],
    ],
    ['another order', '| Date | Signature | Name | Role |\n|-|-|-|-|\n| | | | DevOps |\n', ['DevOps']],
    [
      'French',
      '| Rôle | Nom | Date | Signature |\n|-|-|-|-|\n| Chef de projet | | | |\n',
      ['Chef de projet'],
    ],
    ['Spanish', '| Nombre | Cargo | Fecha | Firma |\n|-|-|-|-|\n| | Responsable | | |\n', ['Responsable']],
    ['German', '| Rolle | Name | Datum | Unterschrift |\n|-|-|-|-|\n| Betrieb | | | |\n', ['Betrieb']],
    ['Arabic', '| الدور | الاسم | التاريخ | التوقيع |\n|-|-|-|-|\n| المطور | | | |\n', ['المطور']],
    ['no header for the role', '## Approvals\n| Who | Name | Date |\n|-|-|-|\n| Legal | | |\n', ['Legal']],
    ['filled with blanks', '| Role | Name | Date |\n|-|-|-|\n| Dev | ____ | __/__ |\n', ['Dev']],
    ['contacts', '## Contacts\n| Role | Name | Phone |\n|-|-|-|\n| Dev | | |\n', []],
    ['a table of results', '| Check | Result |\n|-|-|\n| Dev | ok |\n', []],
  ])('%s', (_, source, expected) => {
    expect(roles(source)).toEqual(expected)
  })
})

describe('signature lines', () => {
  it.each([
    ['with a date', '**Project Manager:** ________ Date: ______\n', ['Project Manager']],
    ['with the colon outside', '- **Prepared by** : ______ Date : ____\n', ['Prepared by']],
    ['as task items', '- [ ] Lead Developer: ________ Date: ______\n', ['Lead Developer']],
    [
      'under a heading, below a deeper one',
      '## Final Sign-Off\n### Before going live\n**QA Lead:** ______\n**Date:** ____\n',
      ['QA Lead'],
    ],
    ['in German', '**Unterschriften:**\n- CIO: _______ Datum: _____\n', ['CIO']],
    [
      'as a form in a fence',
      '## Sign-Off\n```\nOperations Manager\n  Name: ______\n  Date: ______\n  Signature: ______\n```\n',
      ['Operations Manager'],
    ],
    [
      'as a list of names',
      '- Signatures:\n  - Platform Lead:\n  - QA Lead:\n- Next:\n  - Nobody:\n',
      ['Platform Lead', 'QA Lead'],
    ],
    ['not: blanks to fill in', '**Start time:** ______\n- Accuracy: ____%\n**Responsible:** ______\n', []],
    ['not: behind the sign-off section', '## Sign-off\n**QA:** ____\n## Notes\n**Summary:** ____\n', ['QA']],
  ])('%s', (_, source, expected) => {
    expect(roles(source)).toEqual(expected)
  })

  it('make one slot of a role that is written twice', () => {
    expect(roles('| Role | Name | Date |\n|-|-|-|\n| QA | | |\n\n**qa:** ____ Date: ____\n')).toEqual(['QA'])
  })
})

describe('the scope of a slot', () => {
  const model = parseTemplate(
    '## Before\n### Database\n- [ ] a\n## Performance\n### Database\n- [ ] b\n### Cache\n- [ ] c\n## Deployment\n- [ ] d\n',
  )
  const textsIn = (scope: string[] | null) => {
    const keys = scopeItemKeys({ model, scope })
    return model.items.filter(({ key }) => keys.includes(key)).map(({ text }) => text)
  }

  it.each([
    [null, ['a', 'b', 'c']],
    [['Performance'], ['b', 'c']],
    [['database'], ['a', 'b']],
    [
      ['Before/Database', 'Performance / Cache'],
      ['a', 'c'],
    ],
    [['Deployment'], []],
  ])('%j → %j', (scope, expected) => {
    expect(textsIn(scope)).toEqual(expected)
  })
})
