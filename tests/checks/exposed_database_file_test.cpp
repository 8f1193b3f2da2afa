#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

DatabaseFile file(const char* name, const char* what, const char* mode, bool read = false, bool written = false) {
    DatabaseFile described;
    described.name = name;
    described.what = what;
    described.mode = mode;
    described.read_by_all = read;
    described.written_by_all = written;
    return described;
}

TEST(ExposedDatabaseFile, HitForFilesWithinReachOfAllAndForCopies) {
    Catalog catalog = permission_catalog();
    catalog.has_permissions = false;
    catalog.files = {file("crm.db", "database", "rw-r--r--", true), file("crm.db-wal", "wal", "rw-rw-rw-", true, true),
                     file("crm.db.bak", "copy", "rw-------"), file(".", "directory", "rwxrwxrwx", true, true)};
    const auto findings = judge("exposed_database_file", catalog);
    ASSERT_EQ(findings.size(), 4U);
    EXPECT_EQ(findings[0].object.part, "crm.db");
    EXPECT_EQ(findings[0].facts, (Names{"file_read_by_all", "rw-r--r--"}));
    EXPECT_EQ(findings[1].facts, (Names{"file_read_by_all", "file_written_by_all", "rw-rw-rw-"}));
    EXPECT_EQ(findings[2].facts, (Names{"file_is_copy", "rw-------"}));
    EXPECT_EQ(findings[3].facts, (Names{"directory_written_by_all", "rwxrwxrwx"}));
}

TEST(ExposedDatabaseFile, CleanForFilesOfOneAccount) {
    Catalog catalog = permission_catalog();
    catalog.files = {file("crm.db", "database", "rw-r-----"), file(".", "directory", "rwxr-xr-x", true)};
    EXPECT_TRUE(judge("exposed_database_file", catalog).empty());
}

TEST(ExposedDatabaseFile, MappingMissingFilesAreNotApplicableAndHiddenOnesAGap) {
    checks::Plan plan;
    Catalog catalog = permission_catalog();
    EXPECT_TRUE(judge("exposed_database_file", catalog, {}, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_files");
    catalog.gaps = {{"files", "the account may not list the directory of the database"}};
    judge("exposed_database_file", catalog, {}, &plan);
    EXPECT_FALSE(plan.not_applicable.has_value());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].object, "files");
}

}  // namespace
}  // namespace crmaudit::testing
