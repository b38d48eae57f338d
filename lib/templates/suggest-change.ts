import { readAmounts } from './suggest-bounds.ts'
import type { Line } from './suggest-line.ts'
import { parts, quoted, type Rule, variable, words } from './suggest-rule.ts'

/** GitLab where the line speaks as GitLab does; GitHub is the usual one. */
function forgeOf({ text }: Line): { head: string; assumed: string } {
  const isGitLab = words('gitlab|merge requests?|mrs?').test(text)
  return {
    head: `forge ${isGitLab ? 'gitlab' : 'github'} ${variable('FORGE_REPOSITORY')} token ${variable('FORGE_TOKEN')} expect`,
    assumed: isGitLab
      ? 'the merge request of the run’s commit is asked of GitLab'
      : `the pull request of the run’s commit is asked of GitHub${words('github|prs?|pull requests?').test(text) ? '' : ', which is assumed'}`,
  }
}

const WRITTEN = words(
  'draft\\p{L}*|copy|edit|translat\\p{L}*|app store|play store|fill|write|script|review|reviewed',
)
const THERE = '200 from its page is assumed'

/** A page whose address the environment gives: that it is there, and no word about what it says. */
function page({ rule, offered, reads, when, unless, address, said }: Page): Rule {
  return {
    rule,
    reads,
    offered,
    when,
    unless,
    read: (line) => ({
      probe: `http ${address} expect status == 200`,
      because: `the text says “${line.text.slice(0, 80)}”; ${THERE}, and ${said} is not judged`,
    }),
  }
}
type Page = {
  rule: string
  offered: boolean
  reads: string
  when: RegExp
  unless: RegExp
  address: string
  said: string
}

const APPROVED =
  'approved|approvals?|reviewed|genehmigt|geprüft|approuvé|revisado|aprobad[oa]|onaylandı|incelendi'

export const CHANGE_RULES: readonly Rule[] = [
  {
    rule: 'reviewed',
    reads: 'code that is reviewed and approved, and a number of approvals',
    offered: true,
    when: parts(
      `(?<!\\p{L})(?:code|prs?|mrs?|pull requests?|merge requests?|(?:code )?changes)(?: (?:changes|is|are|was|were|has been|have been|fully|peer[- ]?))* ?(?:${APPROVED})(?!\\p{L})|(?<!\\p{L})(?:code|peer) reviews? (?:is |are |has been |have been )?(?:complete[d]?|done|passed|approved|finished|tamamlandı|abgeschlossen|terminée?|completada|финиш)|(?:at least |minimum (?:of )?)?\\d\\+? (?:approvals?|approvers|reviewers)(?!\\p{L})|ревью (?:кода )?(?:пройдено|завершено)|код проверен|代码(?:审查|评审|已审).{0,4}(?:完成|通过)?|コードレビュー(?:が)?(?:完了|済|承認)`,
    ),
    unless: words(
      'tests|coverage|self|security|architecture|documentation|process|agreement|legal|ai|app|apps|store|formulas|get|terms|checklist|policy|guidelines|change advisory board|cab|released by',
    ),
    read: (line) => {
      const { head, assumed } = forgeOf(line)
      const least =
        /(\d)\+? (?:senior |other |team )?(?:approvals?|approvers|reviewers|developers|engineers)/u.exec(
          line.text,
        )?.[1]
      const most = words('more than|max|at most').test(line.text)
      if (most || /by ?:|_{3}/u.test(line.text)) return null
      return {
        probe: `${head} approved${least === undefined ? '' : `, approvals >= ${least}`}${words('merged').test(line.text) ? ', merged' : ''}`,
        because: `${quoted(line, parts('.{0,40}(?:review|approv|revisad|genehmigt|geprüft|incelendi|onaylandı|ревью|проверен|审|评审|レビュー).{0,40}'))}; ${assumed}`,
      }
    },
  },
  {
    rule: 'mergeable',
    reads: 'no merge conflicts',
    offered: true,
    when: parts(
      '(?:no|all|any) (?:merge |git )?conflicts|merge conflicts (?:are |have been )?resolved|keine merge-?konflikte|conflits (?:de (?:merge|fusion) )?résolus|conflictos de (?:merge|fusión) resueltos|конфликт\\p{L}* (?:слияния )?(?:нет|разрешены)|合并冲突.{0,4}(?:已)?解决|コンフリクト(?:が)?(?:解消|なし)',
    ),
    unless: words(
      'or|version|schema|scheduling|peer dependency|dependency|port|css|naming|packages?|routes?|migrations?|data|of interest|resolve any',
    ),
    read: (line) => {
      const { head, assumed } = forgeOf(line)
      return {
        probe: `${head} mergeable`,
        because: `${quoted(line, parts('.{0,20}(?:conflict|konflikt|conflit|конфликт|冲突|コンフリクト).{0,20}'))}; ${assumed}`,
      }
    },
  },
  {
    rule: 'ci-green',
    reads: 'CI, its pipeline or its checks are green',
    offered: true,
    when: parts(
      '(?<![\\p{L}/])(?:ci(?:/cd)?|pipelines?|github actions|status checks|(?:automated|required|pr|ci) checks)(?: (?:on|for) [^.]{0,30})?(?: (?:pipelines?|checks?|builds?|workflows?|jobs|status|run|tests?|on the pr|all))*(?: (?:is|are|has|have))* (?:green|pass(?:es|ed|ing)?|successful|succeed(?:s|ed)?|pasando|grün|vert|yeşil|geçiyor)(?!\\p{L})|(?:all )?checks (?:are )?(?:green|passing)|пайплайн (?:зел[её]ный|прош[её]л)|流水线.{0,4}通过',
    ),
    unless: words('images?|data|etl|locally|runs? on|health|security|pre-?commit|release|deployment'),
    read: (line) => {
      const { head, assumed } = forgeOf(line)
      return {
        // Who speaks of those that are required has a branch that wants some.
        probe: `${head} ${words('(?:required|mandatory)(?: \\p{L}+)? checks|status checks').test(line.text) ? 'required-checks-green' : 'checks-green'}`,
        because: `${quoted(line, parts('.{0,30}(?:green|pass|success|succeed|pasando|grün|vert|yeşil|geçiyor|зел|прош|通过).{0,20}'))}; ${assumed.replace('the pull request of', 'what ran for').replace('the merge request of', 'what ran for')}`,
      }
    },
  },
  {
    rule: 'merged',
    reads: 'the change is merged to the main branch',
    offered: false,
    when: parts(
      '(?:prs?|pull requests?|merge requests?|changes|code|branch(?:es)?|features)[^.]{0,20} merged (?:in)?to (?:`?main`?|`?master`?|the main branch|production)(?!\\p{L})|^merged (?:in)?to (?:main|master)|^(?:prs?|pull requests?|merge requests?) (?:is |are |has been |have been )?merged$',
    ),
    unless: words('after|once|when|before|get|until|if'),
    read: (line) => {
      const { head, assumed } = forgeOf(line)
      return {
        probe: `${head} merged`,
        because: `${quoted(line, parts('.{0,20}merged.{0,30}'))}; ${assumed}, and not into which branch`,
      }
    },
  },
  {
    rule: 'backup',
    reads: 'a backup that was made, and within which time',
    offered: true,
    when: parts(
      '(?:backups?|snapshots?) (?:of (?:the )?(?:production )?(?:database|db|data) )?(?:job )?(?:is |are |was |were |has been |have been )?(?:successfully )?(?:completed?|taken|created|made|done|performed|successful|succeeded|ran successfully|erfolgreich|erstellt)(?!\\p{L})|(?:database|db|data) (?:is |was |has been )?backed up|verify (?:latest|recent) backup|(?:latest|recent|fresh|current) backups? (?:is |are )?(?:available|exists?|completed|disponible)|backup récent disponible|yedek(?:ler|leri)? (?:alındı|oluşturuldu)|sauvegarde\\p{L}* .{0,20}(?:effectuée|réalisée|faite)|copia de seguridad .{0,20}(?:realizada|completada|creada)|(?:резервная копия|бэкап) .{0,20}(?:создан|сделан)|备份(?:已)?(?:完成|成功)|バックアップ(?:の)?(?:取得|完了|成功)',
    ),
    unless: words(
      '(?:and|&) verified|test\\p{L}*|restor\\p{L}*|config\\p{L}*|strategy|plan|schedul\\p{L}*|procedures?|policy|retention|automat\\p{L}*|encrypt\\p{L}*|code|files?|wallet|keys?|keystore|before (?:any|every|each)|needed|storage|script|admin|backup codes|documented|incremental\\p{L}*|current deployment',
    ),
    read: (line) => {
      const hours = [...readAmounts(line.text), ...readAmounts(line.detail)].filter(
        ({ unit }) => unit === 'h' || unit === 'd',
      )
      const [said] = hours
      const within = hours.length === 1 && said !== undefined ? said : null
      const name =
        /database|\bdb\b|datenbank|base de données|base de datos|veritabanı|базы данных|数据库|データベース|postgres|mysql/u.test(
          line.text,
        )
          ? 'database-backup'
          : 'backup'
      return {
        probe: `heartbeat "${name}" expect age < ${within === null ? '24h' : `${within.value}${within.unit}`}, size > 0B, status ok`,
        because: `${quoted(line, parts('.{0,30}(?:backup|snapshot|yedek|sauvegarde|copia|копия|бэкап|备份|バックアップ).{0,30}'))}; ${within === null ? 'within 24 hours is assumed' : `“${within.quote}”`}, and the job has to call the heartbeat “${name}” with its size when it ends; whether it can be restored is not judged`,
      }
    },
  },
  page({
    rule: 'release-notes',
    offered: true,
    reads: 'release notes that are there',
    when: parts(
      'release notes (?:are |have been |were )?(?:prepared|published|ready|finali[sz]ed|live|available|complete[d]?|written|posted|online)|notes de version (?:publiées|prêtes)|versionshinweise (?:veröffentlicht|fertig)|notas de (?:la )?versión (?:publicadas|listas)|sürüm notları (?:hazır|yayınlandı)|发布说明.{0,4}(?:准备|发布|完成)|リリースノート.{0,4}(?:作成|公開|準備)',
    ),
    unless: WRITTEN,
    address: `${variable('RELEASE_NOTES_URL')}/${variable('RUN_VERSION')}`,
    said: 'a page of the run’s version there is asked; what it says',
  }),
  page({
    rule: 'api-docs',
    offered: false,
    reads: 'API documentation that is updated, published or accessible',
    when: parts(
      "api[- ](?:docs?|documentation|reference)(?: (?:is|are|has been|have been))? (?:updated|published|accessible|available|current|complete[d]?|up[- ]to[- ]date|online|live|reachable)|api docs en ligne|swagger(?: ui| docs)? (?:is )?(?:accessible|available|loads)|update api doc\\p{L}*|api-dokumentation .{0,12}(?:aktuell|aktualisiert)|documentation (?:de l[’'])?api (?:à jour|en ligne)|api文档.{0,4}(?:更新|发布)|apiドキュメント.{0,4}(?:更新|公開)",
    ),
    unless: words('disabled|restricted|with production|if enabled|sensitive|not'),
    address: variable('API_DOCS_URL'),
    said: 'whether it is up to date',
  }),
  page({
    rule: 'runbook',
    offered: false,
    reads: 'a runbook that is updated or available',
    when: parts(
      'run ?books?(?: (?:is|are|has been|have been))? (?:updated|available|current|accessible|up[- ]to[- ]date|published|aktuell|à jour|actualizado)|update run ?books?',
    ),
    unless: words('create'),
    address: variable('RUNBOOK_URL'),
    said: 'whether it is up to date',
  }),
  {
    rule: 'status-page',
    reads: 'a status page that is updated',
    offered: false,
    when: parts(
      'status ?page (?:is |has been )?(?:updated|prepared)|update (?:the )?status ?page|maintenance .{0,20}status page|status page .{0,20}maintenance',
    ),
    unless: words('created|configured|set up|after|green|operational'),
    read: (line) => ({
      probe: `http ${variable('STATUS_PAGE_URL')}/api/v2/scheduled-maintenances/upcoming.json expect json scheduled_maintenances.0.status == "scheduled"`,
      because: `${quoted(line, parts('.{0,30}status ?page.{0,30}'))}; a scheduled maintenance on a page of Statuspage’s interface is assumed, and not that it is this one`,
    }),
  },
]
