/** How much of a Parquet file is held at once. */

/** Bytes of one page that is unpacked. Writers make pages of one to some megabytes. */
export const pagesMost = 512 * 1024 * 1024;

/** Bytes of the footer. */
export const footerMost = 64 * 1024 * 1024;
