import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, TEXT } from '../checks.ts'
import { choice, text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { inQuotes } from '../print-text.ts'
import { readUrl } from '../read-address.ts'
import { readVariable } from '../read-variable.ts'
import type { Scanner } from '../scanner.ts'
import { isQuotable, isUrlTemplate, isVariableName } from '../texts.ts'

export const KUBERNETES_SUBJECTS = [
  'deployment',
  'statefulset',
  'daemonset',
  'pods',
  'nodes',
  'service',
  'ingress',
  'job',
] as const
export type KubernetesSubject = (typeof KUBERNETES_SUBJECTS)[number]

export const KUBERNETES_FORMS = {
  /** The arithmetic of `kubectl rollout status`, and available now. */
  'rolled-out': FLAG,
  /** How many are asked for; `replicas == 0` declares that none is right. */
  replicas: number(null),
  /** Every one of them; of a service at least one endpoint. */
  ready: FLAG,
  'ready-count': number(null),
  /** On every pod of the newest revision: a tag, a digest (`sha256:…`) or a whole reference. */
  image: TEXT,
  /** Of the container that restarted most, and since its last restart. */
  restarts: number(null),
  'since-restart': number('ms'),
  'not-waiting': FLAG,
  'no-pressure': FLAG,
  /** No node is cordoned. */
  schedulable: FLAG,
  /** Allocatable less requested, of nodes that are ready and not cordoned: cores, bytes, and the share that is requested. */
  'cpu-free': number(null),
  'memory-free': number('B'),
  'cpu-requested': number('%'),
  'memory-requested': number('%'),
  /** The ingress has an address; a rule for this host; every backend has a ready endpoint. */
  address: FLAG,
  host: TEXT,
  backends: FLAG,
  completed: FLAG,
  time: number('ms'),
} as const
export type KubernetesCheck = CheckOf<typeof KUBERNETES_FORMS>
export type KubernetesWord = keyof typeof KUBERNETES_FORMS

const POD_WORDS = ['image', 'restarts', 'since-restart', 'not-waiting'] as const
const WORKLOAD: readonly KubernetesWord[] = ['rolled-out', 'replicas', 'ready', 'ready-count', ...POD_WORDS]
const CAPACITY = ['cpu-free', 'memory-free', 'cpu-requested', 'memory-requested'] as const

/** What may be asked of each subject, beside the time. */
export const ASKABLE: Readonly<Record<KubernetesSubject, readonly KubernetesWord[]>> = {
  deployment: WORKLOAD,
  statefulset: WORKLOAD,
  daemonset: WORKLOAD,
  pods: ['ready', 'ready-count', ...POD_WORDS],
  nodes: ['ready', 'ready-count', 'no-pressure', 'schedulable', ...CAPACITY],
  service: ['ready', 'ready-count'],
  ingress: ['address', 'host', 'backends'],
  job: ['completed'],
}

export function asksPods({ conditions }: Pick<KubernetesProbe, 'conditions'>): boolean {
  return conditions.some(({ on }) => POD_WORDS.some((word) => word === on))
}
export function asksCapacity({ conditions }: Pick<KubernetesProbe, 'conditions'>): boolean {
  return conditions.some(({ on }) => CAPACITY.some((word) => word === on))
}

function isAskable(of: KubernetesSubject, on: string): boolean {
  return on === 'time' || ASKABLE[of].some((word) => word === on)
}

/** A name of Kubernetes (RFC 1123 subdomain), variables included. */
const NAME = /^(?:[a-z0-9.-]|\$\{[A-Z][A-Z0-9_]{0,63}\}){1,253}$/
const name = z.string().regex(NAME)
const variable = z.string().refine(isVariableName)

const subjectSchema = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.enum(['deployment', 'statefulset', 'daemonset', 'service', 'ingress', 'job']),
    namespace: name,
    name,
  }),
  z.strictObject({
    of: z.literal('pods'),
    namespace: name,
    selector: z.string().refine(isQuotable).nullable(),
  }),
  z.strictObject({ of: z.literal('nodes'), selector: z.string().refine(isQuotable).nullable() }),
])
export type KubernetesTarget = z.infer<typeof subjectSchema>

export const kubernetesProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('kubernetes'),
    url: z.string().refine(isUrlTemplate),
    /** The names of the variables that hold the bearer token and the authorities: neither is ever written into a template. */
    token: variable.nullable(),
    ca: variable.nullable(),
    subject: subjectSchema,
    conditions: z.array(checkSchema(KUBERNETES_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine(
    ({ subject, conditions }) => conditions.every(({ on }) => isAskable(subject.of, on)),
    'something is asked that this part of a cluster does not have',
  )
export type KubernetesProbe = z.infer<typeof kubernetesProbeSchema>

const dollar = (variableName: string) => `$\{${variableName}}`

export const kubernetesGrammar: ProbeGrammar<KubernetesProbe> = {
  schema: kubernetesProbeSchema,
  subjects: Object.keys(KUBERNETES_FORMS),
  options: [],
  repeatable: [],
  example: 'rolled-out',
  head(scanner) {
    const url = readUrl(scanner)
    const token = readVariable(scanner, { word: 'token', example: 'KUBERNETES_TOKEN' })
    const ca = readVariable(scanner, { word: 'ca', example: 'KUBERNETES_CA' })
    return { ...usualBase(), kind: 'kubernetes', url, token, ca, subject: subject(scanner), conditions: [] }
  },
  condition(scanner, level) {
    scanner.skipBlanks()
    return readCheck(scanner, { level, forms: KUBERNETES_FORMS })
  },
  option: () => undefined,
  printHead: ({ url, token, ca, subject: of }) =>
    [
      url,
      ...(token === null ? [] : [`token ${dollar(token)}`]),
      ...(ca === null ? [] : [`ca ${dollar(ca)}`]),
      printTarget(of),
    ].join(' '),
  printCondition: printCheck,
  printOptions: () => [],
  sent: ({ url, token, ca, subject: of, conditions }) => [
    url,
    ...[token, ca].flatMap((one) => (one === null ? [] : [dollar(one)])),
    ...('namespace' in of ? [of.namespace] : []),
    ...('name' in of ? [of.name] : []),
    ...('selector' in of && of.selector !== null ? [of.selector] : []),
    ...conditions.flatMap((check) => ('text' in check ? [check.text] : [])),
  ],
}

/** `deployment NAMESPACE/NAME`, `pods NAMESPACE ["SELECTOR"]`, `nodes ["SELECTOR"]` */
function subject(scanner: Scanner): KubernetesTarget {
  const of = choice(scanner, KUBERNETES_SUBJECTS, 'what of the cluster to look at')
  if (of === 'nodes') return { of, selector: selector(scanner) }
  scanner.skipBlanks()
  const offset = scanner.offset
  const [namespace = '', wanted, ...more] = scanner.word().split('/')
  const isPods = of === 'pods'
  const isWhole = isPods
    ? wanted === undefined
    : wanted !== undefined && more.length === 0 && NAME.test(wanted)
  if (!NAME.test(namespace) || !isWhole)
    scanner.fail({
      offset,
      message: isPods ? 'pods are looked for in a namespace' : `a ${of} is written as NAMESPACE/NAME`,
      expected: [isPods ? 'shop "app=web"' : 'shop/web'],
    })
  if (of === 'pods') return { of, namespace, selector: selector(scanner) }
  return { of, namespace, name: wanted ?? '' }
}

function selector(scanner: Scanner): string | null {
  return scanner.isAtQuote() ? text(scanner) : null
}

export function printTarget(of: KubernetesTarget): string {
  if ('name' in of) return `${of.of} ${of.namespace}/${of.name}`
  const where = of.of === 'pods' ? ` ${of.namespace}` : ''
  return `${of.of}${where}${of.selector === null ? '' : ` ${inQuotes(of.selector)}`}`
}
