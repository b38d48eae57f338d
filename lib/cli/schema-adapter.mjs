import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'

const CHAR = 18
const TEXT = 25

/** PrismaPg as the schema engine needs it: columns of the catalogue's one-byte type "char" can be read. */
export class SchemaAdapter extends PrismaPg {
  async connect() {
    const adapter = await super.connect()
    const performIO = adapter.performIO.bind(adapter)
    const queryRaw = adapter.queryRaw.bind(adapter)
    const characters = new WeakMap()
    adapter.performIO = async (query) => {
      const result = await performIO(query)
      const found = result.fields.filter((field) => field.dataTypeID === CHAR)
      for (const field of found) field.dataTypeID = TEXT
      characters.set(query, new Set(found.map((field) => result.fields.indexOf(field))))
      return result
    }
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const index of characters.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
}
