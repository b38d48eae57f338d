/** What goes out, in the languages of real checklists: the event that the stages stand around. */
const GO_EN =
  'deploy|deploys|deployment|deployments|deploying|release|releases|launch|go live|golive|cut over|cutover'
const GO_DE = 'deployment|release|rollout|go live|golive|inbetriebnahme|einführung|auslieferung|ausrollen'
const GO_FR = 'déploiement|mise en production|mise en ligne|lancement|livraison|release|go live'
const GO_ES =
  'despliegue|lanzamiento|puesta en producción|puesta en marcha|paso a producción|paso a produccion|liberación|go live'
const GO_PT = 'implantação|lançamento|deploy|publicação|entrada em produção|go live'
const GO_IT = 'rilascio|messa in produzione|deploy|go live'
const GO_RU =
  'развертывани[еяюм]|развёртывани[еяюм]|развертыванием|развёртыванием|депло[йяюе]|деплоем|релиз[аеу]?|релизом|запуск[аеу]?|запуском|выкатк[аиуе]|выкаткой|go live'
const GO_TR = 'deployment|yayın|yayına alma|yayınlama|dağıtım|canlıya geçiş|canlıya alma|go live'
const GO_AR = 'النشر|نشر|الإطلاق|إطلاق|الانتقال'
/** Chinese, Japanese and Korean put no blanks between words. */
const GO_JOINED = '上线|部署|发布|發佈|上線|リリース|デプロイ|本番反映|배포|출시'

const ARTICLE_FR = '(?:(?:le|la|les|l|du|de la|chaque) )?'
const ARTICLE_ES = '(?:(?:el|la|del|de la|de|cada) )?'
const ARTICLE_DE = '(?:(?:dem|der|jedem|jeder) )?'

/** One pattern a stage, matched against `wordsOf` a heading. Words end at blanks here, not at `\b`, which takes an accented letter for a gap. */
function whole(...patterns: string[]): RegExp {
  return new RegExp(`(?<![^ ])(?:${patterns.join('|')})(?![^ ])`, 'u')
}

export const ROLLBACK = whole(
  'rollback|rollbacks|roll back|rolling back|backout|back out|revert|reverting',
  'zurückrollen|rückfallplan|rückabwicklung|retour arrière|annulation',
  'reversión|reversion|reversa|reversão|ripristino|откат|отката|откату|geri alma|geri dönüş|التراجع|الاسترجاع|שחזור',
)
export const ROLLBACK_JOINED = /回滚|回退|回滾|ロールバック|切り戻し|切戻し|롤백/u

export const VERIFY = whole(
  `post (?:${GO_EN})`,
  'postdeployment|after|smoke',
  `nach ${ARTICLE_DE}(?:${GO_DE})|nachbereitung`,
  `(?:après|apres|post) ${ARTICLE_FR}(?:${GO_FR})`,
  `(?:después|despues|tras|post) ${ARTICLE_ES}(?:${GO_ES})|posterior al? (?:${GO_ES})`,
  `(?:após|apos|depois d[ao]|pós|pos) (?:[oa] )?(?:${GO_PT})`,
  `dopo (?:il |la )?(?:${GO_IT})`,
  `(?:после|пост) (?:${GO_RU})`,
  `(?:${GO_TR}) sonrası|post deployment`,
  `(?:بعد|ما بعد) (?:${GO_AR})`,
)
export const VERIFY_JOINED = new RegExp(`(?:${GO_JOINED}) ?(?:后|後|之后|の後|후)|スモーク|冒烟`, 'u')

export const PREPARE = whole(
  `(?:pre|before|prior to)(?: the| a| each| every)? (?:${GO_EN})`,
  'predeployment',
  `vor ${ARTICLE_DE}(?:${GO_DE})`,
  `(?:avant|pré|pre) ${ARTICLE_FR}(?:${GO_FR})`,
  `(?:antes|previo|previa|pre) ${ARTICLE_ES}(?:al? )?(?:${GO_ES})`,
  `(?:antes d[ao]|pré) (?:${GO_PT})`,
  `prima (?:del|della|di) (?:${GO_IT})`,
  `(?:перед|до|пред) (?:${GO_RU})`,
  `(?:${GO_TR}) öncesi`,
  `(?:قبل|ما قبل) (?:${GO_AR})`,
)
export const PREPARE_JOINED = new RegExp(`(?:${GO_JOINED}) ?(?:前|之前|の前|전)`, 'u')

export const DEPLOY = whole(GO_EN, GO_DE, GO_FR, GO_ES, GO_PT, GO_IT, GO_RU, GO_TR, GO_AR)
export const DEPLOY_JOINED = new RegExp(GO_JOINED, 'u')

export const PREPARE_WORDS = whole('security|performance|communication|communications')
