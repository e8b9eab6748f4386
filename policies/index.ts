/** The policy pack. Making it starts a server, so nothing else is done here. */
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack.ts";

new PolicyPack("aircheck", { policies });
