import type { Line } from './suggest-line.ts'
import { parts, quoted, type Reading, type Rule, words } from './suggest-rule.ts'

const BASE = '$' + '{BASE_URL}'
const ASSET = '$' + '{ASSET_URL}'

function readCompression(line: Line): Reading {
  const named = [
    [/gzip/, 'gzip'],
    [/brotli/, 'br'],
    [/zstd|zstandard/, 'zstd'],
  ] as const
  const codings = named.filter(([word]) => word.test(line.text)).map(([, coding]) => coding)
  return {
    probe: `delivery ${BASE}/ expect compressed ${codings.length === 1 ? codings[0] : 'any'}`,
    because:
      codings.length > 0
        ? `the text names ${codings.join(' and ')}`
        : 'the text says compression and names no coding; any of gzip, br and zstd will do',
  }
}

export const DELIVERY_RULES: readonly Rule[] = [
  {
    rule: 'compression',
    reads: 'compression of responses: gzip, brotli, zstd',
    offered: true,
    when: parts(
      'gzip|brotli|(?:response |http |text |asset )?compression (?:is )?(?:enabled|on|active|etkin|aktif|activée)|compression configured|sıkıştırma etkin|kompression aktiv|compresión (?:activada|habilitada)|сжатие (?:включено|настроено)|(?:启用|开启).{0,6}压缩|圧縮(?:有効|設定)',
    ),
    unless: words('images?|backups?|logs?|bundle size|size|database|archives?|tar'),
    read: readCompression,
  },
  {
    rule: 'cache-headers',
    reads: 'cache headers of static files or of the CDN',
    offered: true,
    when: parts(
      'cache[- ]?control|(?:cache|caching) headers?|en-têtes de cache|cabeceras de caché|önbellek başlıkları|заголовк[аи] кэш|缓存头|浏览器缓存|(?:http)?キャッシュヘッダ|ブラウザキャッシュ|browser caching|cache-header',
    ),
    unless: words('api|no-store|no-cache|documented|sensitive|private'),
    read: (line) => {
      const age = /max-age\s?(?:=|:|>=|of)?\s?(\d{1,10})/.exec(line.text)?.[1]
      const wanted = age === undefined ? 'cacheable' : `max-age >= ${age}s`
      return {
        probe: `delivery ${ASSET} expect ${wanted}`,
        because: `${quoted(line, parts('[^.;,]*(?:cache|caché|önbellek|кэш|缓存|キャッシュ)[^.;,]*'))}; one static file is asked${age === undefined ? ', and that it may be kept is assumed' : ` for ${age} seconds`}`,
      }
    },
  },
  {
    rule: 'cdn',
    reads: 'static files that come from a CDN',
    offered: true,
    when: parts(
      '(?:assets?|files?|images?|varlıklar|dosyalar|ressources|dateien|статика|файлы)[^.]{0,40}cdn|cdn[^.]{0,30}(?:assets?|files?|serving|serves|ressources|dateien)|cdn使用',
    ),
    unless: words('invalidat\\w*|purge\\w*|cleared?|flush\\w*|upload\\w*'),
    read: (line) => ({
      probe: `delivery ${ASSET} expect cdn-hit`,
      because: `${quoted(line, parts('[^.;,]*cdn[^.;,]*'))}; one file is asked, and a cache in front has to say that it answered`,
    }),
  },
]
