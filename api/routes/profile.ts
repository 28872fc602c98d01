import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AnsweredProfile } from '../answered-profile.ts'
import { ProfileAnswer, profileAnswerOf } from '../answers/profile-answer.ts'

export const profileRoute: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile }> = async (app, { answered }) => {
  const answer = profileAnswerOf(answered)
  app.get(
    '/v1/profile',
    {
      schema: {
        summary:
          'What is answered for: names of lines, regions, peaks and special periods, notes, tolerance, time zone.',
        tags: ['figures'],
        response: { 200: ProfileAnswer },
      },
    },
    async () => answer,
  )
}
