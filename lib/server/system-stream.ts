/** The stream of what belongs to no team: set-up, sign-ins, the console. Opened by the first migration. */
export const SYSTEM_STREAM = '00000000-0000-7000-8000-000000000001'
