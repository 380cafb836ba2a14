/** The only piece of "environment" in an extension: text that the build replaces by the address of our server. */
declare const process: { env: { APP_URL: string } };
