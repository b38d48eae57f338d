/** What CI pushes, in the forms of the tools; `bad`: with what is not to be found. */

function junit(bad: boolean): string {
  const fail = bad ? '<failure message="expected 1 to be 2">at line 3</failure>' : ''
  return `<?xml version="1.0"?><testsuites><testsuite name="all" tests="2" failures="${bad ? 1 : 0}">
    <testcase classname="claims" name="are submitted"/><testcase classname="claims" name="are scored">${fail}</testcase></testsuite></testsuites>`
}

function lcov(bad: boolean): string {
  const lines = Array.from({ length: 10 }, (_, index) => `DA:${index + 1},${bad && index > 4 ? 0 : 1}`)
  return `TN:\nSF:claims.py\n${lines.join('\n')}\nLF:10\nLH:${bad ? 5 : 10}\nend_of_record\n`
}

function trivy(bad: boolean): string {
  const found = bad
    ? [
        {
          VulnerabilityID: 'CVE-2026-0001',
          PkgName: 'left-pad',
          InstalledVersion: '1.0.0',
          Severity: 'CRITICAL',
        },
      ]
    : []
  return JSON.stringify({
    SchemaVersion: 2,
    ArtifactName: 'upstream-web',
    ArtifactType: 'filesystem',
    Results: [{ Target: 'requirements.txt', Class: 'lang-pkgs', Type: 'pip', Vulnerabilities: found }],
  })
}

function cyclonedx(bad: boolean): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    components: [
      { type: 'library', name: 'django', version: '5.2.1' },
      { type: 'library', name: 'celery', ...(bad ? {} : { version: '5.5.0' }) },
    ],
  })
}

const NAMED = ['migrations', 'migration-locks', 'smoke', 'query-counts', 'query-plans'] as const

/** Every report that the shipped checklist waits for. */
export function reports(bad: boolean): { query: Record<string, string>; body: string }[] {
  return [
    { query: {}, body: junit(bad) },
    ...NAMED.map((name) => ({ query: { name }, body: junit(bad).replace('"all"', `"${name}"`) })),
    { query: {}, body: lcov(bad) },
    { query: {}, body: trivy(bad) },
    { query: {}, body: cyclonedx(bad) },
  ]
}
