/** What a report may say; a probe asks for one of these and not for a tool. */
export const MEANINGS = ['tests', 'coverage', 'findings', 'components'] as const
export type Meaning = (typeof MEANINGS)[number]

/** What is read, what it says, and what it is called on screen. */
export const FORMATS = {
  junit: { meaning: 'tests', title: 'JUnit XML' },
  cobertura: { meaning: 'coverage', title: 'Cobertura XML' },
  jacoco: { meaning: 'coverage', title: 'JaCoCo XML' },
  clover: { meaning: 'coverage', title: 'Clover XML' },
  lcov: { meaning: 'coverage', title: 'LCOV' },
  'coverage-py': { meaning: 'coverage', title: 'coverage.py JSON' },
  istanbul: { meaning: 'coverage', title: 'Istanbul JSON summary' },
  sarif: { meaning: 'findings', title: 'SARIF 2.1.0' },
  'npm-audit': { meaning: 'findings', title: 'npm audit JSON' },
  'pip-audit': { meaning: 'findings', title: 'pip-audit JSON' },
  osv: { meaning: 'findings', title: 'OSV-Scanner JSON' },
  trivy: { meaning: 'findings', title: 'Trivy JSON' },
  grype: { meaning: 'findings', title: 'Grype JSON' },
  'cyclonedx-json': { meaning: 'components', title: 'CycloneDX JSON' },
  'cyclonedx-xml': { meaning: 'components', title: 'CycloneDX XML' },
} as const satisfies Record<string, { meaning: Meaning; title: string }>

export type ReportFormat = keyof typeof FORMATS
export const FORMAT_NAMES = Object.keys(FORMATS) as [ReportFormat, ...ReportFormat[]]
