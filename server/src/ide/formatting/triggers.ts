/** Characters after which an editor asks for the layout of what is being typed. */
export const triggers = ['\n', ')', '}'] as const;
