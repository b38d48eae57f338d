/** Structured fields (RFC 9651, 4.2), as far as a list of caches needs them. */
const STRING = String.raw`"(?:[ !#-\[\]-~]|\\["\\])*"`
const TOKEN = String.raw`[A-Za-z*][\w!#$%&'*+.^\x60|~:/-]*`
const VALUE = String.raw`${STRING}|${TOKEN}|-?\d{1,15}(?:\.\d{1,3})?|\?[01]|:[A-Za-z0-9+/=]*:|@-?\d{1,15}`
const PARAMETER = `; *([a-z*][a-z0-9_.*-]*)(?:=(${VALUE}))?`
const PARAMETERS = PARAMETER.replaceAll(/\((?!\?)/g, '(?:')
const MEMBER = String.raw`[ \t]*(?:${STRING}|${TOKEN})((?:${PARAMETERS})*)[ \t]*(,|$)`

/**
 * Cache-Status (RFC 9211): a list of caches, each with parameters. One answered from its store when its `hit` is there and true,
 * and it did not forward the request. A field that cannot be read says nothing (RFC 9651, 2.2): null.
 */
export function saysCacheHit(field: string): boolean | null {
  const members = new RegExp(MEMBER, 'y')
  const said: boolean[] = []
  for (;;) {
    const found = members.exec(field)
    if (found === null) return null
    const [, written = '', end] = found
    // Of one name the last counts; without a value it is true.
    const parameters = new Map(
      [...written.matchAll(new RegExp(PARAMETER, 'gy'))].map(([, name, value = '?1']) => [name, value]),
    )
    said.push(parameters.get('hit') === '?1' && !parameters.has('fwd'))
    if (end === '') return said.includes(true)
  }
}
