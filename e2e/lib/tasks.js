// What every client is given to do.
import { z } from 'zod'

export const WEATHER = { name: 'weather', description: 'Tells the weather of a city.' }
export const WEATHER_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
}
export const PLACE_SCHEMA = z.object({ city: z.string(), degrees: z.number() })
export const PLACE_JSON_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' }, degrees: { type: 'number' } },
  required: ['city', 'degrees'],
  additionalProperties: false,
}

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const dataUrl = (bytes, type) => `data:${type};base64,${bytes.toString('base64')}`
