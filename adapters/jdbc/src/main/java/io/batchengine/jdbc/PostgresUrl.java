package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A url of PostgreSQL without what is secret in it, so that neither pool nor driver can tell it.
 *
 * @param url the url, without user and password
 * @param user the user that it named, or null
 * @param password the password that it named, or null
 */
record PostgresUrl(
        String url, @Nullable String user, @Nullable String password) {
    static final String PREFIX = "jdbc:postgresql:";

    static PostgresUrl of(String given) {
        int question = given.indexOf('?');
        String base = question < 0 ? given : given.substring(0, question);
        if (base.indexOf('@') >= 0) {
            throw Failures.invalid(
                    "the url holds an @: give user and password apart, and write any other @ as %40; the url is not shown");
        }
        requirePorts(base);
        String user = null;
        String password = null;
        List<String> rest = new ArrayList<>();
        for (String parameter :
                question < 0 ? new String[0] : given.substring(question + 1).split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = value(parameter);
            } else if (parameter.startsWith("password=")) {
                password = value(parameter);
            } else {
                rest.add(parameter);
            }
        }
        return new PostgresUrl(rest.isEmpty() ? base : base + "?" + String.join("&", rest), user, password);
    }

    /** The driver takes a url with a wrong port for one of another database. */
    private static void requirePorts(String base) {
        String start = PREFIX + "//";
        if (!base.startsWith(start)) {
            return;
        }
        String hosts = base.substring(start.length()).split("/", 2)[0];
        for (String host : hosts.split(",", -1)) {
            int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
            if (colon >= 0 && !isPort(host.substring(colon + 1))) {
                throw Failures.invalid(Text.format(
                        "the port %s of the url %s is no number from 1 to 65535; an IPv6 address stands in square brackets",
                        Text.quote(host.substring(colon + 1)), shown(base)));
            }
        }
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
    }

    /** Where the database is, for messages: a parameter may be a secret too. */
    static String shown(String url) {
        int question = url.indexOf('?');
        String base = question < 0 ? url : url.substring(0, question);
        return base.indexOf('@') < 0 ? Text.quote(base) : "PostgreSQL";
    }

    /** Whether there is a choice of servers. */
    boolean namesSeveralHosts() {
        int question = url.indexOf('?');
        return (question < 0 ? url : url.substring(0, question)).indexOf(',') >= 0;
    }

    private static String value(String parameter) {
        return URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return shown(url);
    }
}
