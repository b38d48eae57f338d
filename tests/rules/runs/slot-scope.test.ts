import { describe, expect, it } from 'vitest'
import { resolveScope } from '#lib/runs/slot-scope.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const model = parseTemplate(`# T

## Pre-Deployment
### Database
- [ ] one
### Code
- [ ] two
## Deployment
### Database
- [ ] deploy it
## Performance
### Database
- [ ] three
`)
const texts = (scope: string[] | null) => {
  const keys = resolveScope({ scope, model })
  return model.items.filter(({ key }) => keys.includes(key)).map(({ text }) => text)
}

describe('the scope of a slot', () => {
  it('is every prepare item unless sections are named', () => {
    expect(texts(null)).toEqual(['one', 'two', 'three'])
  })

  it('holds the prepare items of the named sections and what is below them, by title or by path', () => {
    expect(texts(['Database'])).toEqual(['one', 'three'])
    expect(texts(['pre-deployment/database'])).toEqual(['one'])
    expect(texts(['Pre-Deployment'])).toEqual(['one', 'two'])
    expect(texts(['Code', 'Performance'])).toEqual(['two', 'three'])
  })

  it('is never empty: a signature over nothing would be none', () => {
    expect(texts(['Absent'])).toEqual(['one', 'two', 'three'])
  })
})
