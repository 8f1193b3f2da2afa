#include <re2/re2.h>

#include "auditor/xml/text.h"
#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"

namespace crmaudit::policies {
namespace {

/// Where no host is named the address may also be one within the CRM, or begin with a mark for its own.
constexpr std::string_view any_host = R"((?:(?:https?:)?//[^/?#]*|\{[^}/]*\}|\[[^\]/]*\])?)";

/// "list-manage.com t.sidekickopen*.com" as an expression for an address on one of them or below.
std::string on_hosts(std::string_view hosts) {
    if (hosts.empty()) return std::string{any_host};
    std::string names;
    for (const char c : hosts) {
        if (c == ' ') names += '|';
        if (c == '*') names += "[a-z0-9-]*";
        if (c == '.') names += '\\';
        if (c != ' ' && c != '*') names += c;
    }
    return R"((?:https?:)?//(?:[^/?#@]*[@.])?(?i:)" + names + R"()(?::[0-9]+)?)";
}

class TrackerReader {
public:
    explicit TrackerReader(const xml::Document& document) : document_(document) {}

    MailPatterns read() {
        for (const pugi::xml_node node : document_.root().children()) {
            const std::string_view name{node.name()};
            if (name == "tracker") patterns_.trackers.push_back(tracker(node));
            if (name == "opt-out") patterns_.opt_outs.push_back(opt_out(node));
            for (const pugi::xml_node each : node.children("address")) {
                patterns_.ordinary.push_back(xml::collapsed(each.text().get()));
            }
        }
        return std::move(patterns_);
    }

private:
    MailTracker tracker(pugi::xml_node node) const {
        MailTracker tracker;
        tracker.vendor = node.attribute("vendor").value();
        if (std::string_view{node.attribute("kind").value()} == "click") tracker.kind = TrackerKind::click;
        tracker.weak = std::string_view{node.attribute("certainty").value()} == "weak";
        tracker.text = xml::collapsed(node.attribute("text").value());
        const std::string hosts = xml::collapsed(node.attribute("hosts").value());
        const std::string path = without_layout(node.attribute("path").value());
        if (hosts.empty() && path.empty() && tracker.text.empty()) {
            document_.fail(node, "a tracker of '" + tracker.vendor + "' names no hosts, no path and no text");
        }
        if (!hosts.empty() || !path.empty()) {
            tracker.expression = "^" + on_hosts(hosts) + (path.empty() ? "(?:[/?#]|$)" : "(?:" + path + ")");
            require_compiling(node, tracker.expression);
        }
        read_examples(node, tracker.examples, tracker.counter_examples);
        return tracker;
    }

    OptOutForm opt_out(pugi::xml_node node) const {
        OptOutForm form;
        form.expression = without_layout(node.attribute("address").value());
        form.text = xml::collapsed(node.attribute("text").value());
        if (form.expression.empty() == form.text.empty()) {
            document_.fail(node, "<opt-out> takes either address=\"…\" or text=\"…\"");
        }
        if (!form.expression.empty()) require_compiling(node, form.expression);
        read_examples(node, form.examples, form.counter_examples);
        return form;
    }

    static void read_examples(pugi::xml_node node, std::vector<std::string>& good, std::vector<std::string>& bad) {
        for (const pugi::xml_node each : node.children("example")) good.push_back(xml::collapsed(each.text().get()));
        for (const pugi::xml_node each : node.children("not")) bad.push_back(xml::collapsed(each.text().get()));
    }

    void require_compiling(pugi::xml_node node, const std::string& expression) const {
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 compiled{expression, options};
        if (!compiled.ok()) {
            document_.fail(node, "the expression does not compile: " + compiled.error() + "; write it as RE2 has it");
        }
        if (RE2::PartialMatch("", compiled)) {
            document_.fail(node, "the expression matches the empty text, so every address would be one");
        }
    }

    const xml::Document& document_;
    MailPatterns patterns_;
};

}  // namespace

MailPatterns load_trackers(const std::string& name_or_path) {
    const xml::Document document = open(tracker_shelf, name_or_path);
    return TrackerReader{document}.read();
}

MailPatterns shipped_trackers() {
    MailPatterns all;
    for (const std::string& name : shipped_names(tracker_shelf)) {
        MailPatterns file = load_trackers(name);
        const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
        append(all.trackers, file.trackers);
        append(all.opt_outs, file.opt_outs);
        append(all.ordinary, file.ordinary);
    }
    return all;
}

}  // namespace crmaudit::policies
